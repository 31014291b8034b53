import { readFileSync } from 'node:fs';

/**
 * What a deployment sets and running code reads: names of variables, paths, and how long each function may run. `infra` sets
 * them; the handlers and the reader read them.
 */

/** The variables of the function behind the activation URL. */
export const ACTIVATE_VARIABLES = ['STACK_NAME', 'PIMS_TABLE', 'FLOWS_TABLE'] as const;

/** The variables of the function behind the callback URL. */
export const CALLBACK_VARIABLES = [
  'STACK_NAME',
  'FLOWS_TABLE',
  'CONNECTIONS_TABLE',
  'CLIENTS_TABLE',
  'CLIENT_SECRET_KEY_ID',
  'TOKEN_KEY_ID',
] as const;

/** Names the table of logins, for callback; unset where Apps are not told who opens them. */
export const LOGINS_TABLE = 'LOGINS_TABLE';

/** The variables of the function that hands over logins. */
export const LOGIN_VARIABLES = ['STACK_NAME', 'PIMS_TABLE', LOGINS_TABLE] as const;

/** The variables of the health check. */
export const HEALTH_VARIABLES = ['STACK_NAME', 'CONNECTIONS_TABLE', 'TOKEN_KEY_ID'] as const;

/** The variables of the function that publishes events. */
export const EVENTS_VARIABLES = ['STACK_NAME', 'EVENT_BUS', 'UNDELIVERED_QUEUE'] as const;

/** The variables of the simulated PIM. */
export const SIMULATED_PIM_VARIABLES = ['STACK_NAME', 'CALLBACK_URL'] as const;

/** A value for each variable but the name of the stack, which every function gets. */
export type VariablesOf<Names extends readonly string[]> = Readonly<
  Record<Exclude<Names[number], 'STACK_NAME'>, string>
>;

/** A switch of development stages; see {@link PimUrlPolicy}. */
export const DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK = 'DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK';

/** Names the file with the certificates of PIMs' own authorities, which lies beside the bundle; unset without one. */
export const PIM_CERTIFICATE_AUTHORITIES = 'PIM_CERTIFICATE_AUTHORITIES';

/** Names the file with what the pages show of the App, which lies beside the bundle; unset without one. */
export const BRANDING = 'BRANDING';

/** What lies in the file beside the bundle that a variable names. Without the variable nothing is read. */
export function readBeside(env: NodeJS.ProcessEnv, variable: string): string | undefined {
  const file = env[variable];
  if (!file) return undefined;
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

/** The tags of the languages that pages may be in, separated by blanks, the default first; unset for all. */
export const PAGE_LANGUAGES = 'PAGE_LANGUAGES';

/** Those languages; nothing without the variable. */
export function readPageLanguages(
  env: NodeJS.ProcessEnv,
): readonly [string, ...string[]] | undefined {
  const [first, ...others] = env[PAGE_LANGUAGES]?.split(' ') ?? [];
  return first === undefined ? undefined : [first, ...others];
}

/**
 * The variables of a back end. `activation.grantRead` sets the table and the key, and the client ID if it is told one;
 * `activation.grantMarkDisconnected` sets the switch, `activation.grantRedeemLogin` both tables and {@link LOGIN_URL}.
 * Only the table of connections is needed.
 */
export const READER_ENVIRONMENT = {
  /** Name of the table, or its ARN. */
  table: 'AKENEO_APP_CONNECTIONS_TABLE',
  clientId: 'AKENEO_APP_CLIENT_ID',
  /** ARN of the key. */
  tokenKeyId: 'AKENEO_APP_TOKEN_KEY_ID',
  /** `true` or nothing. */
  mayMark: 'AKENEO_APP_MAY_MARK_CONNECTIONS',
  /** Name of the table, or its ARN. */
  loginsTable: 'AKENEO_APP_LOGINS_TABLE',
} as const;

/** Where an App asks who has opened it. The reader does not read it; the App's own pages do. */
export const LOGIN_URL = 'AKENEO_APP_LOGIN_URL';

/**
 * The paths of the endpoints, as API Gateway writes routes. A PIM's own callback URL ends in its id; the plain one is
 * shared by the PIMs of an App Store App. What else lies below them is for people who wrote a registered URL with a slash
 * at its end, or another way: a route cannot end in a slash, and without one the gateway answers with bare JSON.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html Greedy path variables}
 */
export const PATHS = {
  activate: ['/activate', '/activate/{rest+}'],
  callback: ['/callback', '/callback/{rest+}'],
  login: ['/login'],
} as const;

/**
 * How long Lambda lets each function run, in milliseconds.
 *
 * - Activate: a cold start and two calls to DynamoDB take about a second. The rest is time for the SDK to try each call
 *   three times, two seconds each, so that the user gets a page and not a gateway's error even if both fail.
 * - Callback: the exchange with the PIM may take 12 seconds (`functions/pim/token-endpoint.ts`), 5 are kept back for
 *   saving, and the rest is a cold start and the reads before. It ends before the 30 seconds after which the code is dead
 *   and API Gateway answers by itself.
 * - Login: as activate.
 * - Health: the longest that Lambda has. A sweep that needs more continues in another invocation.
 * - The simulated PIM computes, and asks nobody.
 */
export const FUNCTION_TIMEOUTS_MS = {
  activate: 15_000,
  callback: 20_000,
  login: 15_000,
  events: 60_000,
  health: 900_000,
  'simulated-pim': 5_000,
} as const;

/**
 * Reads the named variables, all at once, when the function starts.
 *
 * @throws {Error} naming every missing one, so that one deployment repairs them all.
 */
export function readEnvironment<const Name extends string>(
  env: NodeJS.ProcessEnv,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0)
    throw new Error(`Missing environment variables: ${missing.join(', ')}. The stack sets them.`);
  // None of the names is missing.
  return env as Record<Name, string>;
}

/** True only for the exact text `true`. */
export function isSwitchedOn(env: NodeJS.ProcessEnv, name: string): boolean {
  return env[name] === 'true';
}
