import { BatchWriteItemCommand, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { onTestFinished } from 'vitest';
import type { Table } from '../../functions/tables/row.ts';
import {
  type EmbeddedDynamoDb,
  startEmbeddedDynamoDb,
} from '../../local/store/embedded-dynamodb.ts';
import { TABLES } from '../../local/store/tables.ts';

/** Those that no test of this process uses at the moment. Their tables are empty. */
const unused: EmbeddedDynamoDb[] = [];

/**
 * A DynamoDB with empty tables, which no other test uses until this one ends. The next one gets it emptied: to make
 * new tables takes longer than most tests.
 */
export async function emptyDynamoDb(): Promise<EmbeddedDynamoDb> {
  const db = unused.pop() ?? (await startEmbeddedDynamoDb());
  onTestFinished(async () => {
    for (const table of TABLES) await removeRows(db.client, table);
    unused.push(db);
  });
  return db;
}

/** DynamoDB removes no more rows in one request. */
const MAXIMUM_ROWS = 25;

async function removeRows(client: DynamoDBClient, { name, partitionKey, sortKey }: Table) {
  const input = {
    TableName: name,
    AttributesToGet: [partitionKey, sortKey].filter((key) => key !== undefined),
  };
  for await (const { Items = [] } of paginateScan({ client, pageSize: MAXIMUM_ROWS }, input)) {
    const RequestItems = { [name]: Items.map((Key) => ({ DeleteRequest: { Key } })) };
    if (Items.length > 0) await client.send(new BatchWriteItemCommand({ RequestItems }));
  }
}
