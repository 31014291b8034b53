import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { listenOnLoopback, stopServer } from '../../simulator/http/localhost.ts';
import { prepareDataFolder } from './data-folder.ts';
import { createTables, type TableNames } from './tables.ts';

/** The SDK warns on Node 20 that later versions will not run there. That would be the first output of `npm start`. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** Where a back end on the same machine finds the tables. */
interface DynamoDbAddress {
  readonly endpoint: string;
  readonly region: string;
  readonly tables: TableNames;
}

/** A DynamoDB inside this process, with the three tables in it. */
export interface EmbeddedDynamoDb {
  readonly address: DynamoDbAddress;
  readonly client: DynamoDBClient;
  /** Ends every connection and stops the server. After that its folder can be opened again. */
  close(): Promise<void>;
}

const REGION = 'eu-west-1';

/** The embedded server takes any credentials; the SDK refuses to send a request without some. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * Starts a DynamoDB inside this process, on a free port of the loopback, with the three tables in it.
 *
 * @param folder keeps the data; they are in memory, and lost at the end, if absent.
 * @throws {Error} with what to do when the folder cannot be used.
 */
export async function startEmbeddedDynamoDb(folder?: string): Promise<EmbeddedDynamoDb> {
  const path = folder === undefined ? undefined : await prepareDataFolder(folder);
  const server = dynalite({ createTableMs: 0, ...(path !== undefined && { path }) });
  allowProgramsOnly(server);
  const endpoint = `http://127.0.0.1:${await listenOnLoopback(server, 0)}`;
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  const tables = await createTables(client);
  const close = async (): Promise<void> => {
    client.destroy();
    await stopServer(server);
  };
  return { address: { endpoint, region: REGION, tables }, client, close };
}

/** Names of the loopback, as a program on this machine writes them. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Refuses requests of web pages. The embedded DynamoDB checks no signature and allows every origin: any page in the
 * developer's browser could read the tables and put itself on the allow-list. A browser sends the page's `Origin`; a
 * name that was rebound to the loopback shows in `Host`.
 */
function allowProgramsOnly(server: Server): void {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (isFromWebPage(request)) response.writeHead(403).end('Web pages have no access.\n');
    else for (const listener of listeners) listener.call(server, request, response);
  });
}

function isFromWebPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || !LOOPBACK.test(headers.host ?? '');
}
