import type { Clock } from '../functions/activation/ports.ts';
import { FUNCTION_TIMEOUTS_MS } from '../functions/environment.ts';
import { callbackEndpoint } from '../functions/http/callback-endpoint.ts';
import { activateEndpoint } from '../functions/http/endpoint.ts';
import type { PimUrlPolicy } from '../functions/pim/pim-url.ts';
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
import type { Routes } from './gateway/gateway.ts';
import type { EmbeddedDynamoDb } from './store/embedded-dynamodb.ts';
import type { LocalTokenCipher } from './store/local-token-cipher.ts';
import type { MemoryClientSecrets } from './store/memory-client-secrets.ts';

/** How long each endpoint may run, by its route key: as long as in the stack. */
export const ENDPOINT_TIMEOUTS_MS: Readonly<Record<string, number>> = {
  'GET /activate': FUNCTION_TIMEOUTS_MS.activate,
  'GET /callback': FUNCTION_TIMEOUTS_MS.callback,
};

/** What both endpoints are given in addition to their stores. */
export interface EndpointSettings {
  /** Takes each line of the functions' log. */
  readonly log: (line: string) => void;
  /** @default Date.now */
  readonly now?: Clock;
  /** Makes random values, such as the state. @default 256 random bits */
  readonly random?: () => string;
  /** How long the exchange of a code may take. @default as in Lambda */
  readonly budget?: ExchangeBudget;
}

/** What replaces DynamoDB, Secrets Manager and KMS. */
export interface LocalStores {
  readonly dynamoDb: EmbeddedDynamoDb;
  readonly secrets: MemoryClientSecrets;
  readonly cipher: LocalTokenCipher;
}

/** Both endpoints by their route keys: the code that runs in Lambda, on local stores. */
export function localEndpoints(
  settings: EndpointSettings,
  stores: LocalStores,
  pimUrlPolicy: PimUrlPolicy,
): Routes {
  const { now = Date.now, random = randomText, budget = EXCHANGE_BUDGET, log } = settings;
  const { client, address } = stores.dynamoDb;
  const flows = new DynamoDbFlowStore(client, address.tables.flows, pimUrlPolicy);
  const common = { stack: 'local', flows, now, random, log };
  const pims = cachedPimDirectory(new DynamoDbPimDirectory(client, address.tables.pims), now);
  return {
    'GET /activate': activateEndpoint({ ...common, pims, pimUrlPolicy }),
    'GET /callback': callbackEndpoint({ ...common, ...exchangeDeps(stores, now, budget) }),
  };
}

/** What the callback needs to exchange a code and to record the connection. */
function exchangeDeps(
  { dynamoDb, secrets, cipher }: LocalStores,
  now: Clock,
  budget: ExchangeBudget,
) {
  const { client, address } = dynamoDb;
  return {
    connections: new DynamoDbConnectionStore(client, address.tables.connections),
    secrets,
    cipher,
    budget,
    tokenEndpoint: tokenEndpoint(now, budget),
  };
}
