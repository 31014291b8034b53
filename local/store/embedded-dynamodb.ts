import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { prepareDataFolder } from './data-folder.ts';
import { allowProgramsOnly } from './same-machine-only.ts';
import { createTables, type TableNames } from './tables.ts';

/** The pinned SDK runs on Node 20; its notice about later versions would be the first thing a newcomer reads. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** Where a back end on the same machine finds the tables. */
export interface DynamoDbAddress {
  readonly endpoint: string;
  readonly region: string;
  readonly tables: TableNames;
}

export interface EmbeddedDynamoDb {
  readonly address: DynamoDbAddress;
  readonly client: DynamoDBClient;
  close(): Promise<void>;
}

/** The embedded server takes any credentials; the SDK refuses to send a request without some. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * DynamoDB inside this process, on a free port of the loopback, with the three tables in it.
 *
 * @param folder keeps the data there; in memory, and gone at the end, if absent.
 * @throws {Error} with what to do when the folder cannot be used.
 */
export async function startEmbeddedDynamoDb(folder?: string): Promise<EmbeddedDynamoDb> {
  if (folder !== undefined) await prepareDataFolder(folder);
  const server = dynalite({ createTableMs: 0, ...(folder !== undefined && { path: folder }) });
  allowProgramsOnly(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${portOf(server.address())}`;
  const region = 'eu-west-1';
  const client = new DynamoDBClient({ endpoint, region, credentials: CREDENTIALS });
  const tables = await createTables(client);
  return {
    address: { endpoint, region, tables },
    client,
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server');
  return address.port;
}
