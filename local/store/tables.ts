import {
  CreateTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  ListTablesCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { STATUS_INDEX } from '../../functions/tables/connections.ts';

/** The names under which the tables exist. */
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

/** In seconds. A table is active within milliseconds; one that never is was left incomplete by a crash. */
const WAIT = { maxWaitTime: 10, minDelay: 0.005, maxDelay: 0.1 };

/**
 * Makes the missing tables, keyed as in the stack, and waits until all can be used: `CreateTable` answers before that,
 * and a table that is still being created is "not found" to its readers.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html CreateTable}
 */
export async function createTables(client: DynamoDBClient): Promise<TableNames> {
  const { TableNames: existing = [] } = await client.send(new ListTablesCommand({}));
  for (const table of ['pims', 'flows', 'connections'] as const)
    if (!existing.includes(TABLES[table])) await client.send(createTable(table));
  await Promise.all(Object.values(TABLES).map((name) => untilActive(client, name)));
  return TABLES;
}

/** @throws {Error} that says what to do when the table does not become active. */
async function untilActive(client: DynamoDBClient, TableName: string): Promise<void> {
  await waitUntilTableExists({ client, ...WAIT }, { TableName }).catch((cause: unknown) => {
    const advice = 'Remove the folder of the data and start again.';
    throw new Error(`The table ${TableName} cannot be used. ${advice}`, { cause });
  });
}

function createTable(table: keyof TableNames): CreateTableCommand {
  const keys = KEYS[table];
  const hasIndex = table === 'connections';
  const attributes = hasIndex ? [...keys, STATUS_INDEX.partitionKey] : keys;
  return new CreateTableCommand({
    TableName: TABLES[table],
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: keySchema(keys),
    ...(hasIndex && { GlobalSecondaryIndexes: [statusIndex()] }),
  });
}

function statusIndex(): GlobalSecondaryIndex {
  return {
    IndexName: STATUS_INDEX.name,
    KeySchema: keySchema([STATUS_INDEX.partitionKey, STATUS_INDEX.sortKey]),
    Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...STATUS_INDEX.attributes] },
  };
}

function keySchema(keys: readonly string[]): KeySchemaElement[] {
  return keys.map((name, index) => ({
    AttributeName: name,
    KeyType: index === 0 ? 'HASH' : 'RANGE',
  }));
}
