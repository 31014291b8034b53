import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lambdaDefaults } from '../../../functions/store/clients.ts';

const ON_LAMBDA = { AWS_LAMBDA_FUNCTION_NAME: 'activate', AWS_REGION: 'eu-west-1' };

afterEach(() => {
  vi.unstubAllEnvs();
});

beforeEach(() => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  for (const file of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])
    vi.stubEnv(file, '/nonexistent');
});

/** What a client makes of its settings, wherever they are from. */
async function resolved({ config }: DynamoDBClient): Promise<object> {
  return {
    region: await config.region(),
    retryMode: await providedBy(config.retryMode),
    defaultsMode: await providedBy(config.defaultsMode),
    useDualstackEndpoint: await config.useDualstackEndpoint(),
    useFipsEndpoint: await config.useFipsEndpoint(),
    accountIdEndpointMode: await providedBy(config.accountIdEndpointMode),
    authSchemePreference: await config.authSchemePreference(),
    userAgentAppId: (await config.userAgentAppId()) || undefined,
  };
}

/** Settings are typed as what is taken in: a value or a function that provides it. */
async function providedBy(setting: unknown): Promise<unknown> {
  return typeof setting === 'function' ? (setting as () => unknown)() : setting;
}

describe('the settings of a client on Lambda', () => {
  it('are those that the SDK ends with by itself', async () => {
    vi.stubEnv('AWS_REGION', ON_LAMBDA.AWS_REGION);
    const byItself = await resolved(new DynamoDBClient());
    expect(await resolved(new DynamoDBClient(lambdaDefaults(ON_LAMBDA)))).toEqual(byItself);
  });

  it.each([
    ['AWS_USE_FIPS_ENDPOINT', 'true', { useFipsEndpoint: true }],
    ['AWS_USE_DUALSTACK_ENDPOINT', 'true', { useDualstackEndpoint: true }],
    ['AWS_RETRY_MODE', 'adaptive', { retryMode: 'adaptive' }],
    ['AWS_DEFAULTS_MODE', 'in-region', { defaultsMode: 'in-region' }],
    ['AWS_AUTH_SCHEME_PREFERENCE', 'sigv4a', { authSchemePreference: ['sigv4a'] }],
    ['AWS_ACCOUNT_ID_ENDPOINT_MODE', 'disabled', { accountIdEndpointMode: 'disabled' }],
    ['AWS_SDK_UA_APP_ID', 'ours', { userAgentAppId: 'ours' }],
  ])('follow %s', async (variable, value, expected) => {
    vi.stubEnv(variable, value);
    const client = new DynamoDBClient(lambdaDefaults({ ...ON_LAMBDA, [variable]: value }));
    expect(await resolved(client)).toMatchObject(expected);
  });
});

it('elsewhere, the SDK looks everything up, also in files', () => {
  expect(lambdaDefaults({ AWS_REGION: 'eu-west-1' })).toEqual({});
});
