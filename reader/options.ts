import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { Clock } from '../functions/activation/ports.ts';
import {
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK,
  isSwitchedOn,
  READER_ENVIRONMENT,
} from '../functions/environment.ts';
import type { PimUrlPolicy } from '../functions/pim/pim-url.ts';
import type { TokenDecrypter } from '../functions/store/kms-token-decrypter.ts';
import { ConnectionError, ON_YOUR_MACHINE } from './errors.ts';
import {
  LONGEST_WAIT_MS,
  type Pause,
  RATE_LIMIT_BUDGET,
  type RateLimitBudget,
} from './rate-limit.ts';

/** The options of `openConnections`. A function with `grantRead` needs none of them. */
export interface OpenConnectionsOptions {
  /** The table of connections. @default `AKENEO_APP_CONNECTIONS_TABLE` */
  readonly tableName?: string;
  /**
   * The App's client id, if it has one for all its PIMs, as an App Store App has. Without it, a Query finds the only
   * connection of a PIM. @default `AKENEO_APP_CLIENT_ID`
   */
  readonly clientId?: string;
  /** The key of the tokens; a ciphertext of another key is refused. @default `AKENEO_APP_TOKEN_KEY_ID` */
  readonly tokenKeyId?: string;
  /** Record that a PIM has disconnected the App. @default whether `AKENEO_APP_MAY_MARK_CONNECTIONS` is `true` */
  readonly mayMarkConnections?: boolean;
  /** The table of logins, for `redeemLogin`. @default `AKENEO_APP_LOGINS_TABLE` */
  readonly loginsTableName?: string;
  /** The region of the table and the key. @default the region of the SDK, `AWS_REGION` */
  readonly region?: string;
  /** Your own client. @default one for the region */
  readonly dynamoDb?: DynamoDBClient;
  /** Your own client. @default one for the region */
  readonly kms?: KMSClient;
  /** Replaces KMS on a developer's machine. */
  readonly decrypter?: TokenDecrypter;
  /** How long a connection is used before it is read again, in milliseconds, 0 or more. @default 300000, five minutes */
  readonly cacheMs?: number;
  /**
   * How many calls of one connection run at once in this process: a whole number, 1 or more. The PIM allows 4 over all
   * processes, so divide them. @default 4
   */
  readonly maxConcurrentCalls?: number;
  /** How often a call is sent while the PIM answers 429, and how long it waits. @default 5 attempts, 30000 ms in all */
  readonly rateLimit?: RateLimitBudget;
  /**
   * Accept a PIM at plain `http` on the loopback, for development.
   * @default whether `DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK` is `true`
   */
  readonly dangerouslyAllowHttpPimOnLoopback?: boolean;
  /** The environment to read. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** The clock, in epoch milliseconds. @default Date.now */
  readonly now?: Clock;
  /** Waits between two attempts. @default in real time */
  readonly pause?: Pause;
}

/** What the options and the environment say together. An option wins. */
export interface Settings {
  readonly tableName: string;
  readonly clientId: string | undefined;
  readonly tokenKeyId: string | undefined;
  readonly loginsTable: string | undefined;
  readonly mayMark: boolean;
  readonly policy: PimUrlPolicy;
}

/** @throws {ConnectionError} `configuration_missing`, naming the missing variable. */
export function readSettings(options: OpenConnectionsOptions): Settings {
  const { env = process.env } = options;
  const read = (name: keyof typeof READER_ENVIRONMENT) =>
    env[READER_ENVIRONMENT[name]] || undefined;
  const tableName = options.tableName ?? read('table');
  if (tableName === undefined) throw configurationMissing('table', 'grantRead');
  return {
    tableName,
    clientId: options.clientId ?? read('clientId'),
    tokenKeyId: options.tokenKeyId ?? read('tokenKeyId'),
    loginsTable: options.loginsTableName ?? read('loginsTable'),
    mayMark: options.mayMarkConnections ?? isSwitchedOn(env, READER_ENVIRONMENT.mayMark),
    policy: { dangerouslyAllowHttpOnLoopback: isHttpAllowed(options, env) },
  };
}

function isHttpAllowed(options: OpenConnectionsOptions, env: NodeJS.ProcessEnv): boolean {
  const given = options.dangerouslyAllowHttpPimOnLoopback;
  return given ?? isSwitchedOn(env, DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK);
}

/** @param grant what sets the variable. */
export function configurationMissing(
  name: keyof typeof READER_ENVIRONMENT,
  grant: string,
): ConnectionError {
  const next = `Call activation.${grant} for this function in the CDK app, which sets them.`;
  const message = `Missing environment variables: ${READER_ENVIRONMENT[name]}. ${next} ${ON_YOUR_MACHINE}.`;
  return new ConnectionError('configuration_missing', message);
}

const CACHE_MS = 5 * 60 * 1000;

/** The PIM's limit for one connection. @see docs/pim-contract.md §6 */
const MAX_CONCURRENT_CALLS = 4;

/** The numeric options, checked, with their defaults. */
export type Limits = Required<
  Pick<OpenConnectionsOptions, 'cacheMs' | 'maxConcurrentCalls' | 'rateLimit'>
>;

/**
 * Checks the numbers at the start, because their effects would be hard to understand later: without a whole number of
 * slots every call waits for ever, and a wait that is too long for a timer ends at once.
 *
 * @throws {ConnectionError} `option_invalid`, naming the option and what is allowed.
 */
export function readLimits(options: OpenConnectionsOptions): Limits {
  const cacheMs = options.cacheMs ?? CACHE_MS;
  const maxConcurrentCalls = options.maxConcurrentCalls ?? MAX_CONCURRENT_CALLS;
  const rateLimit: RateLimitBudget = options.rateLimit ?? RATE_LIMIT_BUDGET;
  checkDuration('cacheMs', cacheMs);
  checkCount('maxConcurrentCalls', maxConcurrentCalls);
  checkCount('rateLimit.maxAttempts', rateLimit.maxAttempts);
  checkDuration('rateLimit.maxWaitMs', rateLimit.maxWaitMs, LONGEST_WAIT_MS);
  return { cacheMs, maxConcurrentCalls, rateLimit };
}

function checkCount(option: string, value: unknown): void {
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 1;
  if (!isCount) throw optionInvalid(option, 'a whole number, 1 or more');
}

/** A duration that is only compared may be infinite; one that a timer waits for may not. */
function checkDuration(option: string, value: unknown, longest = Number.POSITIVE_INFINITY): void {
  if (typeof value === 'number' && value >= 0 && value <= longest) return;
  const range = Number.isFinite(longest) ? `from 0 to ${longest}` : '0 or more';
  throw optionInvalid(option, `a number of milliseconds, ${range}`);
}

function optionInvalid(option: string, allowed: string): ConnectionError {
  return new ConnectionError('option_invalid', `The option ${option} has to be ${allowed}.`);
}
