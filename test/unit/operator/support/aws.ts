import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { onTestFinished, vi } from 'vitest';
import { startEmbeddedDynamoDb } from '../../../../local/store/embedded-dynamodb.ts';
import { type FakeKms, KEY_ID, startFakeKms } from '../../../support/fake-kms.ts';
import { type FakeCloudFormation, fakeCloudFormation } from './cloudformation.ts';
import { type FakeSecretsManager, fakeSecretsManager } from './secrets-manager.ts';

/** A deployed stack behind real HTTP: CloudFormation, Secrets Manager, KMS and DynamoDB, until the test ends. */
export interface TestAws {
  readonly cloudFormation: FakeCloudFormation;
  readonly secretsManager: FakeSecretsManager;
  readonly kms: FakeKms;
  readonly dynamoDb: DynamoDBClient;
}

export const SECRETS_PREFIX = 'AkeneoAppActivation/client-secrets/';

/** Must never be printed either. */
export const AWS_SECRET_KEY = 'CANARY-aws-secret-access-key';

export async function testAws(outputs: Record<string, string> = {}): Promise<TestAws> {
  const dynamoDb = await startEmbeddedDynamoDb();
  onTestFinished(() => dynamoDb.close());
  const { address, client } = dynamoDb;
  const cloudFormation = await fakeCloudFormation({
    ActivateUrl: 'https://app.example.com/activate',
    CallbackUrl: 'https://app.example.com/callback',
    PimsTable: address.tables.pims,
    FlowsTable: address.tables.flows,
    ConnectionsTable: address.tables.connections,
    ClientSecretsPrefix: SECRETS_PREFIX,
    TokenKeyArn: KEY_ID,
    Stage: 'production',
    ...outputs,
  });
  const secretsManager = await fakeSecretsManager();
  const kms = await startFakeKms();
  pointSdkTo({
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.url,
    AWS_ENDPOINT_URL_DYNAMODB: address.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: AWS_SECRET_KEY,
    AWS_REGION: 'eu-west-1',
  });
  return { cloudFormation, secretsManager, kms, dynamoDb: client };
}

/** What the SDK reads from the environment for the length of a test; nothing of this machine shines through. */
export function pointSdkTo(variables: Readonly<Record<string, string | undefined>>): void {
  const isolated = {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
    AWS_DEFAULT_REGION: undefined,
    AWS_MAX_ATTEMPTS: undefined,
  };
  for (const [name, value] of Object.entries({ ...isolated, ...variables }))
    vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}
