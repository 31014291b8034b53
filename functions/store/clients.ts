import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/**
 * For every AWS client of the functions: a call that hangs is given up while there is time for another, because
 * a person is waiting and an authorization code is ageing. The SDK's own retries stay on. Without
 * `throwOnRequestTimeout` the SDK only warns when `requestTimeout` has passed, and waits on.
 */
export const CLIENT_CONFIG = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
} satisfies DynamoDBClientConfig;
