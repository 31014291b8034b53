import {
  DeleteItemCommand,
  type DynamoDBClient,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { onTestFinished, vi } from 'vitest';
import {
  DynamoDbClientSecrets,
  KmsClientSecretDecrypter,
} from '../../../../functions/store/client-secrets.ts';
import { CLIENTS, clientKey } from '../../../../functions/tables/clients.ts';
import type { TableNames } from '../../../../local/store/tables.ts';
import { emptyDynamoDb } from '../../../support/empty-dynamodb.ts';
import { type FakeKms, KEY_ID, SECRET_KEY_ID, startFakeKms } from '../../../support/fake-kms.ts';
import { type FakeCloudFormation, fakeCloudFormation } from './cloudformation.ts';
import { type FakeLambda, fakeLambda } from './lambda.ts';

/** A deployed stack behind real HTTP: CloudFormation, KMS, Lambda and DynamoDB, until the test ends. */
export interface TestAws {
  readonly cloudFormation: FakeCloudFormation;
  readonly kms: FakeKms;
  readonly lambda: FakeLambda;
  readonly dynamoDb: DynamoDBClient;
}

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
  const kms = await startFakeKms();
  const lambda = await fakeLambda();
  pointSdkTo({
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.url,
    AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: address.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: AWS_SECRET_KEY,
    AWS_REGION: 'eu-west-1',
  });
  return { cloudFormation, kms, lambda, dynamoDb: client };
}

function outputsOf(tables: TableNames) {
  return {
    ActivateUrl: 'https://app.example.com/activate',
    CallbackUrl: 'https://app.example.com/callback',
    PimsTable: tables.pims,
    FlowsTable: tables.flows,
    ConnectionsTable: tables.connections,
    ClientsTable: tables.clients,
    ClientSecretKeyArn: SECRET_KEY_ID,
    TokenKeyArn: KEY_ID,
    Stage: 'production',
  };
}

/** The client secrets of a test stack, as the callback function reads them. */
export function storedSecrets({ dynamoDb, kms }: Pick<TestAws, 'dynamoDb' | 'kms'>) {
  const decrypter = new KmsClientSecretDecrypter(kms.client, SECRET_KEY_ID);
  return new DynamoDbClientSecrets(dynamoDb, CLIENTS.name, decrypter);
}

/** The text of the secret that is stored for a client id. */
export async function storedSecret(clientId: string, aws: TestAws): Promise<string | undefined> {
  return (await storedSecrets(aws).find(clientId))?.reveal();
}

/** The client ids of which a secret is stored, sorted. */
export async function clientsWithSecret({ dynamoDb }: TestAws): Promise<string[]> {
  const { Items = [] } = await dynamoDb.send(new ScanCommand({ TableName: CLIENTS.name }));
  return Items.map(({ clientId }) => clientId?.S ?? '').sort();
}

/** Removes a secret, as somebody may do by hand. */
export async function removeSecret(clientId: string, { dynamoDb }: TestAws): Promise<void> {
  await dynamoDb.send(new DeleteItemCommand({ TableName: CLIENTS.name, Key: clientKey(clientId) }));
}

/** Takes the ciphertext out of a row, as somebody may do by hand. */
export async function damageSecret(clientId: string, { dynamoDb }: TestAws): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: CLIENTS.name,
    Key: clientKey(clientId),
    UpdateExpression: 'REMOVE encryptedSecret',
  });
  await dynamoDb.send(command);
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
