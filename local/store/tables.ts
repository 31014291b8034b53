import {
  CreateTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { LIST_INDEX } from '../../functions/store/list-index.ts';

export interface TableNames {
  readonly pims: string;
  readonly flows: string;
  readonly connections: string;
}

const TABLES: TableNames = { pims: 'Pims', flows: 'Flows', connections: 'Connections' };

const KEYS: Readonly<Record<keyof TableNames, readonly string[]>> = {
  pims: ['pim'],
  flows: ['stateHash'],
  connections: ['pim', 'clientId'],
};

/** Makes the tables that are not there yet, keyed as the stack's own. */
export async function createTables(client: DynamoDBClient): Promise<TableNames> {
  const { TableNames: existing = [] } = await client.send(new ListTablesCommand({}));
  for (const table of ['pims', 'flows', 'connections'] as const)
    if (!existing.includes(TABLES[table])) await client.send(createTable(table));
  return TABLES;
}

function createTable(table: keyof TableNames): CreateTableCommand {
  const keys = KEYS[table];
  const isListed = table === 'connections';
  const attributes = isListed ? [...keys, LIST_INDEX.partitionKey] : keys;
  return new CreateTableCommand({
    TableName: TABLES[table],
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: keySchema(keys),
    ...(isListed && { GlobalSecondaryIndexes: [listIndex()] }),
  });
}

function listIndex(): GlobalSecondaryIndex {
  return {
    IndexName: LIST_INDEX.name,
    KeySchema: keySchema([LIST_INDEX.partitionKey, LIST_INDEX.sortKey]),
    Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...LIST_INDEX.attributes] },
  };
}

function keySchema(keys: readonly string[]): KeySchemaElement[] {
  return keys.map((name, index) => ({
    AttributeName: name,
    KeyType: index === 0 ? 'HASH' : 'RANGE',
  }));
}
