import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startEmbeddedDynamoDb } from '../../local/store/embedded-dynamodb.ts';
import { createTables, type TableNames } from '../../local/store/tables.ts';

export interface DynamoDbUnderTest {
  readonly client: DynamoDBClient;
  readonly tables: TableNames;
  close(): Promise<void>;
}

/**
 * The embedded DynamoDB, or the one at `TEST_DYNAMODB_ENDPOINT` (DynamoDB Local, say), so that the same
 * promises can be checked against an implementation by AWS.
 */
export async function openDynamoDb(): Promise<DynamoDbUnderTest> {
  const endpoint = process.env['TEST_DYNAMODB_ENDPOINT'];
  if (!endpoint) {
    const embedded = await startEmbeddedDynamoDb();
    const { client, address } = embedded;
    return { client, tables: address.tables, close: () => embedded.close() };
  }
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
  return { client, tables: await createTables(client), close: async () => client.destroy() };
}
