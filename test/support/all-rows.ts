import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { EmbeddedDynamoDb } from '../../local/store/embedded-dynamodb.ts';

/** Every row of a table. */
export async function rows({ client }: Pick<EmbeddedDynamoDb, 'client'>, table: string) {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
  return Items;
}
