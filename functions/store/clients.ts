import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/**
 * For every AWS client of the functions: a call that hangs is given up while there is time for another, because
 * a person is waiting and an authorization code is ageing. The SDK's own retries stay on. Without
 * `throwOnRequestTimeout` the SDK only warns when `requestTimeout` has passed, and waits on.
 */
export const CLIENT_CONFIG = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  ...lambdaDefaults(process.env),
} satisfies DynamoDBClientConfig;

/**
 * On Lambda, what the SDK would end with after it has looked into configuration files that are not there: for each
 * setting of each client, a cold function would throw and catch two errors (docs/performance.md). A setting whose
 * variable is set is left out, for the SDK to read it: `AWS_USE_FIPS_ENDPOINT` and its kin work as ever, and so do the
 * `AWS_ENDPOINT_URL…`. Elsewhere nothing is set, so a developer's profile and its files count.
 *
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html Settings, their variables and defaults}
 */
export function lambdaDefaults(env: NodeJS.ProcessEnv) {
  if (env['AWS_LAMBDA_FUNCTION_NAME'] === undefined) return {};
  const region = env['AWS_REGION'];
  const unlessSet = <T extends object>(variable: string, setting: T): Partial<T> =>
    env[variable] === undefined ? setting : {};
  return {
    ...(region !== undefined && { region }),
    ...unlessSet('AWS_DEFAULTS_MODE', { defaultsMode: 'legacy' as const }),
    ...unlessSet('AWS_RETRY_MODE', { retryMode: 'standard' }),
    ...unlessSet('AWS_USE_DUALSTACK_ENDPOINT', { useDualstackEndpoint: false }),
    ...unlessSet('AWS_USE_FIPS_ENDPOINT', { useFipsEndpoint: false }),
    ...unlessSet('AWS_AUTH_SCHEME_PREFERENCE', { authSchemePreference: [] }),
    ...unlessSet('AWS_ACCOUNT_ID_ENDPOINT_MODE', { accountIdEndpointMode: 'preferred' as const }),
    ...unlessSet('AWS_SDK_UA_APP_ID', { userAgentAppId: '' }),
  };
}

/**
 * Takes the SDK's log out of a client. For every call it goes through request and answer, to leave out what is sensitive,
 * although it writes to nobody unless a `logger` is set.
 */
export function withoutLog<Client extends AnyClient>(client: Client): Client {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/** Of any service. */
interface AnyClient {
  readonly middlewareStack: { remove(name: string): boolean };
}
