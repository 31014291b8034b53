import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { onTestFinished, vi } from 'vitest';
import { emptyDynamoDb } from '../../../support/empty-dynamodb.ts';
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

/** What the name of every client secret of the test stack starts with. */
export const SECRETS_PREFIX = 'AkeneoAppActivation/client-secrets/';

/** Must never be printed either. */
export const AWS_SECRET_KEY = 'CANARY-aws-secret-access-key';

/**
 * Starts the services and points the SDK to them.
 *
 * @param outputs of the stack, in place of the usual ones.
 */
export async function testAws(outputs: Record<string, string> = {}): Promise<TestAws> {
  const dynamoDb = await emptyDynamoDb();
  const { address, client } = dynamoDb;
  const cloudFormation = await fakeCloudFormation({ ...outputsOf(address.tables), ...outputs });
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

function outputsOf(tables: Readonly<Record<'pims' | 'flows' | 'connections', string>>) {
  return {
    ActivateUrl: 'https://app.example.com/activate',
    CallbackUrl: 'https://app.example.com/callback',
    PimsTable: tables.pims,
    FlowsTable: tables.flows,
    ConnectionsTable: tables.connections,
    ClientSecretsPrefix: SECRETS_PREFIX,
    TokenKeyArn: KEY_ID,
    Stage: 'production',
  };
}

/** Sets what the SDK reads from the environment until the test ends; nothing of this machine's own is read. */
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
