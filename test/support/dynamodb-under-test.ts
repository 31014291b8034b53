import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startEmbeddedDynamoDb } from '../../local/store/embedded-dynamodb.ts';
import { createTables, type TableNames } from '../../local/store/tables.ts';
import { startDynoxide } from './dynoxide.ts';

export interface DynamoDbUnderTest {
  readonly client: DynamoDBClient;
  readonly tables: TableNames;
  close(): Promise<void>;
}

/**
 * The embedded DynamoDB, or another one, so that the same promises can be checked against it: the one at
 * `TEST_DYNAMODB_ENDPOINT` (DynamoDB Local, say), or with `TEST_DYNAMODB=dynoxide` a second engine.
 */
export async function openDynamoDb(): Promise<DynamoDbUnderTest> {
  const endpoint = process.env['TEST_DYNAMODB_ENDPOINT'];
  if (endpoint) return openAt(endpoint);
  if (process.env['TEST_DYNAMODB'] === 'dynoxide') {
    const engine = await startDynoxide();
    return openAt(engine.endpoint, () => engine.close());
  }
  const embedded = await startEmbeddedDynamoDb();
  const { client, address } = embedded;
  return { client, tables: address.tables, close: () => embedded.close() };
}

async function openAt(endpoint: string, stop = async () => {}): Promise<DynamoDbUnderTest> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
  const close = async () => {
    client.destroy();
    await stop();
  };
  return { client, tables: await createTables(client), close };
}
