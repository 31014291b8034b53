import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { CLIENT_CONFIG } from '../functions/store/clients.ts';
import { KmsTokenDecipher } from '../functions/store/kms-token-decipher.ts';
import { CONNECTION_STATUSES } from '../functions/store/list-index.ts';
import type { Connections } from './connections.ts';
import { ConnectionDirectory } from './directory/connection-directory.ts';
import { DeadTokens } from './directory/dead-tokens.ts';
import type { Lookup } from './directory/lookup.ts';
import { CallSlots } from './fetch/call-slots.ts';
import { pimFetch } from './fetch/pim-fetch.ts';
import { RATE_LIMIT_BUDGET, realPause } from './fetch/rate-limit.ts';
import type { OpenConnectionsOptions } from './options.ts';
import { pimAddress } from './pim-address.ts';
import { readSettings, type Settings } from './settings.ts';
import { ConnectionTable } from './store/connection-table.ts';
import { disconnectionMark } from './store/disconnection-mark.ts';

/** How long a connection is used without looking again, in milliseconds. */
const CACHE_MS = 5 * 60 * 1000;

/** The PIM's limit for one connection. @see docs/pim-contract.md §6 */
const MAX_CONCURRENT_CALLS = 4;

/**
 * Opens the App's connections for a back end. Nothing is read before the first call.
 *
 * @throws {ConnectionError} `configuration_missing`, naming every missing variable.
 * @example
 * ```ts
 * const connections = openConnections();
 * const response = await connections.fetch(pimUrl, '/api/rest/v1/products?limit=100');
 * ```
 */
export function openConnections(options: OpenConnectionsOptions = {}): Connections {
  const settings = readSettings(options);
  const dynamoDb = options.dynamoDb ?? new DynamoDBClient(clientConfig(options));
  const table = new ConnectionTable(dynamoDb, settings.tableName);
  const fetching = fetchDeps(options, { settings, dynamoDb, table });
  const lookup = (pimUrl: string, clientId = settings.clientId): Lookup => {
    const pim = pimAddress(pimUrl, settings.policy);
    return clientId === undefined ? { pim } : { pim, clientId };
  };
  return {
    get: async (pimUrl, choice) => fetching.directory.get(lookup(pimUrl, choice?.clientId)),
    list: async function* (filter) {
      const statuses = filter?.status ? [filter.status] : CONNECTION_STATUSES;
      for (const status of statuses) yield* table.list(status);
    },
    fetch: async (pimUrl, path, init = {}) =>
      pimFetch(lookup(pimUrl, init.clientId), path, init, fetching),
  };
}

interface Parts {
  readonly settings: Settings;
  readonly dynamoDb: DynamoDBClient;
  readonly table: ConnectionTable;
}

function fetchDeps(options: OpenConnectionsOptions, { settings, dynamoDb, table }: Parts) {
  const { now = Date.now, cacheMs = CACHE_MS } = options;
  const mark = settings.mayMark ? disconnectionMark(dynamoDb, settings.tableName) : undefined;
  const deadTokens = new DeadTokens({ mark, now });
  const decipher = options.decipher ?? kmsDecipher(options, settings);
  return {
    directory: new ConnectionDirectory({ table, decipher, deadTokens, now, cacheMs }),
    deadTokens,
    slots: new CallSlots(options.maxConcurrentCalls ?? MAX_CONCURRENT_CALLS),
    now,
    pause: options.pause ?? realPause,
    budget: options.rateLimit ?? RATE_LIMIT_BUDGET,
  };
}

function kmsDecipher(options: OpenConnectionsOptions, settings: Settings): KmsTokenDecipher {
  const kms = options.kms ?? new KMSClient(clientConfig(options));
  return new KmsTokenDecipher(kms, settings.tokenKeyId);
}

function clientConfig({ region }: OpenConnectionsOptions) {
  return { ...CLIENT_CONFIG, ...(region !== undefined && { region }) };
}
