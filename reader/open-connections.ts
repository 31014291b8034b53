import { globalAgent } from 'node:https';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import {
  CONNECTION_STATUSES,
  type ConnectionStatus,
} from '../functions/activation/connection-status.ts';
import { DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK } from '../functions/environment.ts';
import { isMalformed } from '../functions/pim/malformed.ts';
import { PimUrl, type PimUrlPolicy } from '../functions/pim/pim-url.ts';
import { CLIENT_CONFIG } from '../functions/store/clients.ts';
import { KmsTokenDecrypter } from '../functions/store/kms-token-decrypter.ts';
import { CallSlots } from './call-slots.ts';
import { ConnectionDirectory } from './connection-directory.ts';
import { ConnectionTable, type Lookup } from './connection-table.ts';
import type { Connections, ListedConnection } from './connections.ts';
import { DeadTokens } from './dead-tokens.ts';
import { type DisconnectionMark, disconnectionMark } from './disconnection-mark.ts';
import { ConnectionError } from './errors.ts';
import {
  configurationMissing,
  type Limits,
  type OpenConnectionsOptions,
  readLimits,
  readSettings,
  type Settings,
} from './options.ts';
import { type PimFetchDeps, pimFetch } from './pim-fetch.ts';
import { readInit } from './pim-request.ts';
import { realPause } from './rate-limit.ts';
import { redeemLogin } from './redeem-login.ts';

/**
 * Opens the App's connections for a back end. Nothing is read before the first call.
 *
 * @throws {ConnectionError} `configuration_missing`, naming the missing variable; `option_invalid`, naming the option.
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
  const deps = fetchDeps(options, { settings, limits, dynamoDb, table });
  const lookup = lookupWith(settings);
  return {
    get: async (pimUrl, choice) => deps.directory.get(lookup(pimUrl, choice?.clientId)),
    list: (filter) => listAll(table, filter?.status),
    fetch: async (pimUrl, path, init) => {
      const given = readInit(init ?? null);
      return pimFetch(lookup(pimUrl, given.clientId), path, given, deps);
    },
    redeemLogin: async (code, verifier) => {
      const { loginsTable } = settings;
      if (loginsTable === undefined) throw configurationMissing('loginsTable', 'grantRedeemLogin');
      return redeemLogin(code, verifier, { dynamoDb, tableName: loginsTable, now: deps.now });
    },
  };
}

/** The client id of a call wins over the reader's own. */
function lookupWith(settings: Settings) {
  return (pimUrl: string, clientId = settings.clientId): Lookup => {
    const pim = parsePimUrl(pimUrl, settings.policy);
    return clientId === undefined ? { pim } : { pim, clientId };
  };
}

/** The error does not quote the text, which may hold credentials. */
function parsePimUrl(pimUrl: string, policy: PimUrlPolicy): PimUrl {
  const parsed = PimUrl.parse(pimUrl, policy);
  if (!isMalformed(parsed)) return parsed;
  const what = `The PIM URL is not usable (${parsed.problem}).`;
  const next =
    parsed.problem === 'not-https'
      ? `Pass an address with https. ${DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK}=true allows http for a PIM on your own machine.`
      : 'Pass the address that the PIM sends as pim_url, such as https://my.cloud.akeneo.com.';
  throw new ConnectionError('pim_url_malformed', `${what} ${next}`);
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
  const decrypter = options.decrypter ?? kmsDecrypter(options, parts.settings);
  const directory = new ConnectionDirectory({ table, decrypter, deadTokens, now, cacheMs });
  return { directory, deadTokens, slots: new CallSlots(maxConcurrentCalls), now, pause, budget };
}

function markIfAllowed({ settings, dynamoDb }: Parts): DisconnectionMark | undefined {
  return settings.mayMark ? disconnectionMark(dynamoDb, settings.tableName) : undefined;
}

function kmsDecrypter(options: OpenConnectionsOptions, settings: Settings): KmsTokenDecrypter {
  const kms = options.kms ?? new KMSClient(clientConfig(options));
  return new KmsTokenDecrypter(kms, settings.tokenKeyId);
}

function clientConfig({ region }: OpenConnectionsOptions) {
  const requestHandler = { ...CLIENT_CONFIG.requestHandler, ...proxiedAgents() };
  return { ...CLIENT_CONFIG, requestHandler, ...(region !== undefined && { region }) };
}

/**
 * The SDK makes agents of its own, which know no proxy. These use the one that `fetch` uses: Node's own agent has the
 * variables of the proxy if `NODE_USE_ENV_PROXY` or `--use-env-proxy` is set, and the version of Node knows them.
 */
function proxiedAgents() {
  const { proxyEnv } = globalAgent.options;
  return proxyEnv && { httpAgent: { proxyEnv }, httpsAgent: { proxyEnv } };
}
