import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { activateEndpoint } from '../functions/activate/endpoint.ts';
import type { Clock } from '../functions/activation/ports.ts';
import { callbackEndpoint } from '../functions/callback/endpoint.ts';
import { ClientSecret } from '../functions/pim/credentials.ts';
import type { PimOrigin } from '../functions/pim/pim-url.ts';
import { formatScope, type ScopeSet } from '../functions/pim/scopes.ts';
import {
  EXCHANGE_BUDGET,
  type ExchangeBudget,
  tokenEndpoint,
} from '../functions/pim/token-endpoint.ts';
import { randomText } from '../functions/random-text.ts';
import { cachedPimDirectory } from '../functions/store/cached-pim-directory.ts';
import { DynamoDbConnectionStore } from '../functions/store/dynamodb-connection-store.ts';
import { DynamoDbFlowStore } from '../functions/store/dynamodb-flow-store.ts';
import { DynamoDbPimDirectory } from '../functions/store/dynamodb-pim-directory.ts';
import { item, optionalText, text } from '../functions/store/item.ts';
import { createGateway } from './gateway/gateway.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from './store/embedded-dynamodb.ts';
import { LocalTokenCipher } from './store/local-token-cipher.ts';
import { MemoryClientSecrets } from './store/memory-client-secrets.ts';
import { tokenKey } from './store/token-key.ts';

/** A developer's machine is where a PIM without TLS may be used, on the loopback only. */
export const LOCAL_PIM_URL_POLICY = { dangerouslyAllowHttpOnLoopback: true };

export interface LocalAppOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Keeps data and token key; in memory if absent. */
  readonly dataFolder?: string;
  /** Takes each line of the functions' log. */
  readonly log: (line: string) => void;
  readonly now?: Clock;
  readonly random?: () => string;
  readonly budget?: ExchangeBudget;
}

/** A PIM that may use the App, and the App's credentials there. */
export interface LocalListing {
  readonly pim: PimOrigin | string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: ScopeSet;
  readonly appUrl?: string;
}

/** The App's activation as it runs on a developer's machine. */
export interface LocalApp {
  readonly url: string;
  readonly activateUrl: string;
  readonly callbackUrl: string;
  readonly dynamoDb: EmbeddedDynamoDb;
  readonly cipher: LocalTokenCipher;
  /** Puts a PIM on the allow-list and keeps its client secret in memory. */
  list(listing: LocalListing): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts both endpoints behind the local gateway: the same code as in Lambda, with the embedded DynamoDB in
 * place of the real one, and memory and AES in place of Secrets Manager and KMS.
 *
 * @throws {Error} with code `EADDRINUSE` when the port is taken.
 */
export async function startLocalApp(options: LocalAppOptions): Promise<LocalApp> {
  const dynamoDb = await startEmbeddedDynamoDb(options.dataFolder);
  const secrets = new MemoryClientSecrets();
  const cipher = new LocalTokenCipher(tokenKey(options.dataFolder));
  const gateway = createGateway(routes(options, { dynamoDb, secrets, cipher }));
  gateway.listen(options.port, '127.0.0.1');
  await once(gateway, 'listening').catch(async (error: unknown) => {
    await dynamoDb.close();
    throw error;
  });
  const url = `http://localhost:${(gateway.address() as AddressInfo).port}`;
  return {
    url,
    activateUrl: `${url}/activate`,
    callbackUrl: `${url}/callback`,
    dynamoDb,
    cipher,
    list: (listing) => list(listing, dynamoDb, secrets),
    close: async () => {
      gateway.closeAllConnections();
      gateway.close();
      await once(gateway, 'close');
      await dynamoDb.close();
    },
  };
}

interface Stores {
  readonly dynamoDb: EmbeddedDynamoDb;
  readonly secrets: MemoryClientSecrets;
  readonly cipher: LocalTokenCipher;
}

function routes(options: LocalAppOptions, { dynamoDb, secrets, cipher }: Stores) {
  const { client, address } = dynamoDb;
  const { now = Date.now, random = randomText, budget = EXCHANGE_BUDGET, log } = options;
  const pimUrlPolicy = LOCAL_PIM_URL_POLICY;
  const flows = new DynamoDbFlowStore(client, address.tables.flows, pimUrlPolicy);
  const connections = new DynamoDbConnectionStore(client, address.tables.connections);
  const common = { stack: 'local', flows, now, random, log };
  return {
    'GET /activate': activateEndpoint({
      ...common,
      pims: cachedPimDirectory(new DynamoDbPimDirectory(client, address.tables.pims), now),
      pimUrlPolicy,
    }),
    'GET /callback': callbackEndpoint({
      ...common,
      connections,
      secrets,
      cipher,
      budget,
      tokenEndpoint: tokenEndpoint(now, budget),
    }),
  };
}

async function list(
  listing: LocalListing,
  { client, address }: EmbeddedDynamoDb,
  secrets: MemoryClientSecrets,
): Promise<void> {
  const secret = ClientSecret.parse(listing.clientSecret);
  if (!secret) throw new TypeError('The client secret is empty or holds blanks.');
  secrets.set(listing.clientId, secret);
  const row = item({
    pim: text(listing.pim.toString()),
    clientId: text(listing.clientId),
    scopes: text(formatScope(listing.scopes)),
    appUrl: optionalText(listing.appUrl),
  });
  await client.send(new PutItemCommand({ TableName: address.tables.pims, Item: row }));
}
