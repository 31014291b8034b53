import {
  DeleteItemCommand,
  type DynamoDBClient,
  paginateQuery,
  paginateScan,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { ConnectionStatus } from '../../functions/activation/connection-status.ts';
import { wellFormed } from '../../functions/pim/malformed.ts';
import {
  CONNECTION_KEY,
  CONNECTIONS,
  connectionKey,
  SHOWN_ATTRIBUTES,
  STATUS_INDEX,
} from '../../functions/tables/connections.ts';
import { readRow, type StoredRow, text } from '../../functions/tables/row.ts';
import { connectionFromItem, type ReadConnection } from './connection-row.ts';

/** What is known of every connection, even when its row was spoilt by hand. */
export interface ConnectionSummary {
  readonly pim: string;
  readonly clientId: string;
  /** Absent where it was removed by hand. */
  readonly status?: string;
}

/** `status` is a reserved word, so every attribute goes by an alias. */
const PROJECTION = {
  ProjectionExpression: SHOWN_ATTRIBUTES.map((name) => `#${name}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(SHOWN_ATTRIBUTES.map((name) => [`#${name}`, name])),
};

/**
 * The Connections table as its operator sees it. No method asks for the encrypted token: what was never read cannot
 * be printed.
 */
export class ConnectionTable {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** All connections, page by page, in no order. */
  async *list(): AsyncGenerator<ReadConnection> {
    const input = { TableName: this.#table, ...PROJECTION };
    for await (const page of paginateScan({ client: this.#client }, input))
      yield* (page.Items ?? []).map(connectionFromItem);
  }

  /**
   * The PIMs that are connected with a client id, page by page, in no order. Only keys are read, so a spoilt row counts
   * as well; and consistently, so that a connection which was removed a moment ago does not.
   */
  async *pimsOfClient(clientId: string): AsyncGenerator<string> {
    const input = { TableName: this.#table, ...isOfClient(clientId) };
    for await (const page of paginateScan({ client: this.#client }, input))
      yield* (page.Items ?? []).map((row) => wellFormed(readRow(CONNECTIONS, row, ['pim'])).pim);
  }

  /** The connections of a status, page by page, by PIM. The index lags behind the table by moments. */
  async *withStatus(status: ConnectionStatus): AsyncGenerator<ReadConnection> {
    for await (const row of this.#query(hasStatus(status))) yield connectionFromItem(row);
  }

  /** How many connections have a status. */
  async count(status: ConnectionStatus): Promise<number> {
    const input: QueryCommandInput = {
      TableName: this.#table,
      ...hasStatus(status),
      ExpressionAttributeNames: { [`#${STATUS_INDEX.partitionKey}`]: STATUS_INDEX.partitionKey },
      Select: 'COUNT',
    };
    let count = 0;
    for await (const page of paginateQuery({ client: this.#client }, input))
      count += page.Count ?? 0;
    return count;
  }

  /** The connections of one PIM: one for each client id that ever connected. */
  async *ofPim(pim: string): AsyncGenerator<ReadConnection> {
    for await (const row of this.#query(isOfPim(pim))) yield connectionFromItem(row);
  }

  /** The same by what can be read of a spoilt row as well, so that such a row can be removed. */
  async *summariesOfPim(pim: string): AsyncGenerator<ConnectionSummary> {
    for await (const row of this.#query(isOfPim(pim))) yield summaryFromItem(row);
  }

  /** Whether a PIM has ever connected. No attribute is read, so a spoilt row counts as well. */
  async hasPim(pim: string): Promise<boolean> {
    const input = { TableName: this.#table, ...isOfPim(pim), Select: 'COUNT', Limit: 1 } as const;
    const { Count } = await this.#client.send(new QueryCommand(input));
    return Count === 1;
  }

  /** Removes a connection with its encrypted token, if it is there. */
  async remove(connection: ConnectionSummary): Promise<void> {
    const Key = connectionKey(connection);
    await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key }));
  }

  async *#query(query: Partial<QueryCommandInput>): AsyncGenerator<StoredRow> {
    const input = { TableName: this.#table, ...PROJECTION, ...query };
    for await (const page of paginateQuery({ client: this.#client }, input))
      yield* page.Items ?? [];
  }
}

/** Never fails: no row is without its key. */
function summaryFromItem(row: StoredRow): ConnectionSummary {
  const key = wellFormed(readRow(CONNECTIONS, row, CONNECTION_KEY));
  const status = row['status']?.S;
  return { ...key, ...(status !== undefined && { status }) };
}

function isOfClient(clientId: string) {
  return {
    ProjectionExpression: 'pim',
    FilterExpression: 'clientId = :client',
    ExpressionAttributeValues: { ':client': text(clientId) },
    ConsistentRead: true,
  };
}

function isOfPim(pim: string) {
  return {
    KeyConditionExpression: 'pim = :pim',
    ExpressionAttributeValues: { ':pim': text(pim) },
    ConsistentRead: true,
  };
}

/** Asks the index of statuses. */
function hasStatus(status: ConnectionStatus) {
  return {
    IndexName: STATUS_INDEX.name,
    KeyConditionExpression: `#${STATUS_INDEX.partitionKey} = :status`,
    ExpressionAttributeValues: { ':status': text(status) },
  };
}
