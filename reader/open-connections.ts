import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import {
  CONNECTION_STATUSES,
  type ConnectionStatus,
} from '../functions/activation/connection-status.ts';
import { CLIENT_CONFIG } from '../functions/store/clients.ts';
import { KmsTokenDecrypter } from '../functions/store/kms-token-decrypter.ts';
import type { ListedConnection } from './connection.ts';
import type { Connections } from './connections.ts';
import { ConnectionDirectory } from './directory/connection-directory.ts';
import { DeadTokens } from './directory/dead-tokens.ts';
import type { Lookup } from './directory/lookup.ts';
import { CallSlots } from './fetch/call-slots.ts';
import { type PimFetchDeps, pimFetch } from './fetch/pim-fetch.ts';
import { realPause } from './fetch/rate-limit.ts';
import { type Limits, readLimits } from './limits.ts';
import type { OpenConnectionsOptions } from './options.ts';
import { pimAddress } from './pim-address.ts';
import { readSettings, type Settings } from './settings.ts';
import { ConnectionTable } from './store/connection-table.ts';
import { type DisconnectionMark, disconnectionMark } from './store/disconnection-mark.ts';

/**
 * Opens the App's connections for a back end. Nothing is read before the first call.
 *
 * @throws {ConnectionError} `configuration_missing`, naming every missing variable; `option_invalid`, naming the option.
 * @example
 * ```ts
 * const connections = openConnections();
 * const response = await connections.fetch(pimUrl, '/api/rest/v1/products?limit=100');
 * ```
 */
export function openConnections(options: OpenConnectionsOptions = {}): Connections {
  const settings = readSettings(options);
  const limits = readLimits(options);
  const dynamoDb = options.dynamoDb ?? new DynamoDBClient(clientConfig(options));
  const table = new ConnectionTable(dynamoDb, settings.tableName);
  const fetching = fetchDeps(options, { settings, limits, dynamoDb, table });
  const lookup = lookupWith(settings);
  return {
    get: async (pimUrl, choice) => fetching.directory.get(lookup(pimUrl, choice?.clientId)),
    list: (filter) => listAll(table, filter?.status),
    fetch: async (pimUrl, path, init = {}) =>
      pimFetch(lookup(pimUrl, init.clientId), path, init, fetching),
  };
}

/** The client id of a call wins over the reader's own. */
function lookupWith(settings: Settings) {
  return (pimUrl: string, clientId = settings.clientId): Lookup => {
    const pim = pimAddress(pimUrl, settings.policy);
    return clientId === undefined ? { pim } : { pim, clientId };
  };
}

async function* listAll(
  table: ConnectionTable,
  status: ConnectionStatus | undefined,
): AsyncGenerator<ListedConnection, void, undefined> {
  for (const each of status ? [status] : CONNECTION_STATUSES) yield* table.list(each);
}

interface Parts {
  readonly settings: Settings;
  readonly limits: Limits;
  readonly dynamoDb: DynamoDBClient;
  readonly table: ConnectionTable;
}

function fetchDeps(options: OpenConnectionsOptions, parts: Parts): PimFetchDeps {
  const { now = Date.now, pause = realPause } = options;
  const { cacheMs, maxConcurrentCalls, rateLimit: budget } = parts.limits;
  const { table } = parts;
  const deadTokens = new DeadTokens({ mark: markIfAllowed(parts), now });
  const decrypter = options.decrypter ?? kmsDecipher(options, parts.settings);
  const directory = new ConnectionDirectory({ table, decrypter, deadTokens, now, cacheMs });
  return { directory, deadTokens, slots: new CallSlots(maxConcurrentCalls), now, pause, budget };
}

function markIfAllowed({ settings, dynamoDb }: Parts): DisconnectionMark | undefined {
  return settings.mayMark ? disconnectionMark(dynamoDb, settings.tableName) : undefined;
}

function kmsDecipher(options: OpenConnectionsOptions, settings: Settings): KmsTokenDecrypter {
  const kms = options.kms ?? new KMSClient(clientConfig(options));
  return new KmsTokenDecrypter(kms, settings.tokenKeyId);
}

function clientConfig({ region }: OpenConnectionsOptions) {
  return { ...CLIENT_CONFIG, ...(region !== undefined && { region }) };
}
