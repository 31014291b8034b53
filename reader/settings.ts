import { DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK, isSwitchedOn } from '../functions/environment.ts';
import type { PimUrlPolicy } from '../functions/pim/pim-url.ts';
import { ConnectionError } from './errors/connection-error.ts';
import type { OpenConnectionsOptions } from './options.ts';

/**
 * The environment of a back end. `activation.grantRead` sets the table and the key, and the client id if it is told
 * one; `activation.grantMarkDisconnected` sets the switch. Only the table is needed.
 */
export const READER_ENVIRONMENT = {
  /** Name of the table, or its ARN when it belongs to another account. */
  table: 'AKENEO_APP_CONNECTIONS_TABLE',
  clientId: 'AKENEO_APP_CLIENT_ID',
  /** ARN of the key. */
  tokenKeyId: 'AKENEO_APP_TOKEN_KEY_ID',
  /** `true` or nothing. */
  mayMark: 'AKENEO_APP_MAY_MARK_CONNECTIONS',
} as const;

/** Options and environment, taken together; an option wins. */
export interface Settings {
  readonly tableName: string;
  readonly clientId: string | undefined;
  readonly tokenKeyId: string | undefined;
  readonly mayMark: boolean;
  readonly policy: PimUrlPolicy;
}

/** @throws {ConnectionError} `configuration_missing`, naming every variable that is needed and not there. */
export function readSettings(options: OpenConnectionsOptions): Settings {
  const { env = process.env } = options;
  const read = (name: keyof typeof READER_ENVIRONMENT) =>
    env[READER_ENVIRONMENT[name]] || undefined;
  const tableName = options.tableName ?? read('table');
  if (tableName === undefined) throw configurationMissing([READER_ENVIRONMENT.table]);
  return {
    tableName,
    clientId: options.clientId ?? read('clientId'),
    tokenKeyId: options.tokenKeyId ?? read('tokenKeyId'),
    mayMark: options.mayMarkConnections ?? isSwitchedOn(env, READER_ENVIRONMENT.mayMark),
    policy: { dangerouslyAllowHttpOnLoopback: isHttpAllowed(options, env) },
  };
}

function isHttpAllowed(options: OpenConnectionsOptions, env: NodeJS.ProcessEnv): boolean {
  const given = options.dangerouslyAllowHttpPimOnLoopback;
  return given ?? isSwitchedOn(env, DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK);
}

function configurationMissing(names: readonly string[]): ConnectionError {
  const next = 'Call activation.grantRead for this function in the CDK app, which sets them.';
  const message = `Missing environment variables: ${names.join(', ')}. ${next}`;
  return new ConnectionError('configuration_missing', message);
}
