import {
  CreateTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  ListTablesCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CLIENTS } from '../../functions/tables/clients.ts';
import { CONNECTIONS, STATUS_INDEX } from '../../functions/tables/connections.ts';
import { FLOWS } from '../../functions/tables/flows.ts';
import { LOGINS } from '../../functions/tables/logins.ts';
import { PIMS } from '../../functions/tables/pims.ts';
import type { Table } from '../../functions/tables/row.ts';

/** The names under which the tables exist. */
export interface TableNames {
  readonly pims: string;
  readonly clients: string;
  readonly flows: string;
  readonly connections: string;
  /** Only where Apps are told who opens them. */
  readonly logins?: string;
}

/** Every table of the stack. */
export const TABLES: readonly Table[] = [PIMS, CLIENTS, FLOWS, CONNECTIONS, LOGINS];

const NAMES = {
  pims: PIMS.name,
  clients: CLIENTS.name,
  flows: FLOWS.name,
  connections: CONNECTIONS.name,
  logins: LOGINS.name,
} satisfies TableNames;

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
  for (const table of TABLES)
    if (!existing.includes(table.name)) await client.send(createTable(table));
  await Promise.all(Object.values(NAMES).map((name) => untilActive(client, name)));
  return NAMES;
}

/** @throws {Error} that says what to do when the table does not become active. */
async function untilActive(client: DynamoDBClient, TableName: string): Promise<void> {
  await waitUntilTableExists({ client, ...WAIT }, { TableName }).catch((cause: unknown) => {
    const advice = 'Remove the folder of the data and start again.';
    throw new Error(`The table ${TableName} cannot be used. ${advice}`, { cause });
  });
}

function createTable(table: Table): CreateTableCommand {
  const hasIndex = table === CONNECTIONS;
  const keys = [
    table.partitionKey,
    table.sortKey,
    hasIndex ? STATUS_INDEX.partitionKey : undefined,
  ];
  return new CreateTableCommand({
    TableName: table.name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys
      .filter((name) => name !== undefined)
      .map((name) => ({ AttributeName: name, AttributeType: table.attributes[name]?.type })),
    KeySchema: keySchema(table),
    ...(hasIndex && { GlobalSecondaryIndexes: [statusIndex()] }),
  });
}

function statusIndex(): GlobalSecondaryIndex {
  return {
    IndexName: STATUS_INDEX.name,
    KeySchema: keySchema(STATUS_INDEX),
    Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...STATUS_INDEX.attributes] },
  };
}

function keySchema({
  partitionKey,
  sortKey,
}: Pick<Table, 'partitionKey' | 'sortKey'>): KeySchemaElement[] {
  const hash = { AttributeName: partitionKey, KeyType: 'HASH' } as const;
  return sortKey === undefined
    ? [hash]
    : [hash, { AttributeName: sortKey, KeyType: 'RANGE' } as const];
}
