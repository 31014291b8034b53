import {
  DeleteItemCommand,
  type DynamoDBClient,
  paginateQuery,
  paginateScan,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { ConnectionStatus } from '../../functions/activation/connection-status.ts';
import { isMalformed, type Malformed, wellFormed } from '../../functions/pim/malformed.ts';
import { missingScopes, type ScopeSet } from '../../functions/pim/scopes.ts';
import {
  CONNECTION_KEY,
  CONNECTIONS,
  connectionKey,
  SHOWN_ATTRIBUTES,
  STATUS_INDEX,
  type ConnectionRow as StoredConnection,
} from '../../functions/tables/connections.ts';
import { readRow, type StoredRow, text } from '../../functions/tables/row.ts';

/**
 * What an operator may see of a connection: everything but its token, of which the fingerprint is cut. There is no
 * `health` unless the connection is `connected`: an older check says nothing about it any more.
 */
export interface ConnectionRow extends StoredConnection<(typeof SHOWN_ATTRIBUTES)[number]> {
  readonly kind: 'connection';
  /** Requested, but not covered by the grant. */
  readonly missingScopes: ScopeSet;
}

/** A connection whose row somebody changed by hand, so that only its key can be read. */
export interface MalformedConnection extends Malformed {
  readonly pim: string;
  readonly clientId: string;
}

/** A connection, as far as its row can be read. */
export type ReadConnection = ConnectionRow | MalformedConnection;

/** What can be read of every connection, even of a malformed one. */
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
 * The Connections table as its operator sees it. No method reads the encrypted token, so no command can print it;
 * `ConnectionTokens` does.
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
   * The PIMs that are connected with a client id, page by page, in no order. Only keys are read, so malformed rows count;
   * the read is consistent, so that a connection which was removed a moment ago does not.
   */
  async *pimsOfClient(clientId: string): AsyncGenerator<string> {
    const input = { TableName: this.#table, ...isOfClient(clientId) };
    for await (const page of paginateScan({ client: this.#client }, input))
      yield* (page.Items ?? []).map((row) => wellFormed(readRow(CONNECTIONS, row, ['pim'])).pim);
  }

  /** The connections with a status, page by page, sorted by PIM. The index lags behind the table by moments. */
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

  /** The same, for commands that also remove malformed rows. */
  async *summariesOfPim(pim: string): AsyncGenerator<ConnectionSummary> {
    for await (const row of this.#query(isOfPim(pim))) yield summaryFromItem(row);
  }

  /** Whether a PIM has ever connected. No attribute is read, so malformed rows count. */
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

/** Enough to tell any two tokens of one PIM apart, and short enough for a table. */
const SHOWN_FINGERPRINT_LENGTH = 12;

/** Reads a row, as far as it can be read. */
export function connectionFromItem(item: StoredRow): ReadConnection {
  const row = readRow(CONNECTIONS, item, SHOWN_ATTRIBUTES);
  if (isMalformed(row)) return { ...row, ...keyOf(item) };
  const { health, checkedAt, ...rest } = row;
  const isChecked = row.status === 'connected' && health !== undefined && checkedAt !== undefined;
  return {
    kind: 'connection',
    ...rest,
    ...(isChecked && { health, checkedAt }),
    missingScopes: missingScopes(row.requestedScopes, row.grantedScopes),
    tokenFingerprint: row.tokenFingerprint.slice(0, SHOWN_FINGERPRINT_LENGTH),
  };
}

function summaryFromItem(row: StoredRow): ConnectionSummary {
  const status = row['status']?.S;
  return { ...keyOf(row), ...(status !== undefined && { status }) };
}

/** Never fails: no row is without its key. */
function keyOf(row: StoredRow) {
  return wellFormed(readRow(CONNECTIONS, row, CONNECTION_KEY));
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
