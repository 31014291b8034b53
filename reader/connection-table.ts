import {
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { ConnectionStatus } from '../functions/activation/connection-status.ts';
import { isMalformed, type Malformed, wellFormed } from '../functions/pim/malformed.ts';
import type { PimUrl } from '../functions/pim/pim-url.ts';
import { missingScopes } from '../functions/pim/scopes.ts';
import {
  CONNECTION_KEY,
  CONNECTIONS,
  type ConnectionAttribute,
  type ConnectionRow,
  connectionKey,
  STATUS_INDEX,
} from '../functions/tables/connections.ts';
import { readRow, type StoredRow, text } from '../functions/tables/row.ts';
import type { ListedConnection } from './connections.ts';
import { ConnectionError, serviceError } from './errors.ts';

/** Which connection is meant: that of a client id in a PIM, or the only one that the PIM has. */
export interface Lookup {
  readonly pim: PimUrl;
  /** Absent for the only connection of the PIM. */
  readonly clientId?: string;
}

/** A row of Connections, its token still encrypted. */
export interface StoredConnection {
  readonly listed: ListedConnection;
  readonly encryptedToken: Uint8Array;
}

/** The Connections table as a back end reads it. Every failure is a {@link ConnectionError}. */
export class ConnectionTable {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  /** @param table its name, or its ARN when it belongs to another account. */
  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /**
   * The connection as it is now. The reads are consistent, because they tell a dead token from one that was replaced a
   * second ago.
   *
   * @returns `undefined` when there is none.
   * @throws {ConnectionError} `several_clients` when the look-up names no client id and the PIM has more than one.
   */
  find({ pim, clientId }: Lookup): Promise<StoredConnection | undefined> {
    return clientId === undefined ? this.#onlyOneOf(pim) : this.#get(pim, clientId);
  }

  /**
   * The connections of a status, page by page, by PIM. The index lags a moment behind the table.
   *
   * @throws {ConnectionError} `connection_malformed` at a malformed row, and ends there.
   */
  async *list(status: ConnectionStatus): AsyncGenerator<ListedConnection> {
    const input = {
      TableName: this.#table,
      IndexName: STATUS_INDEX.name,
      KeyConditionExpression: '#status = :status',
      ExpressionAttributeNames: { '#status': STATUS_INDEX.partitionKey },
      ExpressionAttributeValues: { ':status': text(status) },
    };
    const pages = paginateQuery({ client: this.#client }, input)[Symbol.asyncIterator]();
    for (;;) {
      const page = await call('Query', 'grantRead (with list)', pages.next());
      if (page.done) return;
      for (const row of page.value.Items ?? []) yield listedConnection(row);
    }
  }

  async #get(pim: PimUrl, clientId: string): Promise<StoredConnection | undefined> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: connectionKey({ pim, clientId }),
      ConsistentRead: true,
    });
    const { Item } = await call('GetItem', 'grantRead', this.#client.send(command));
    return Item && storedConnection(Item);
  }

  async #onlyOneOf(pim: PimUrl): Promise<StoredConnection | undefined> {
    const command = new QueryCommand({
      TableName: this.#table,
      KeyConditionExpression: 'pim = :pim',
      ExpressionAttributeValues: { ':pim': text(pim.toString()) },
      ConsistentRead: true,
      Limit: 2,
    });
    const grant = 'grantRead (with list), or set AKENEO_APP_CLIENT_ID';
    const { Items = [] } = await call('Query', grant, this.#client.send(command));
    if (Items.length > 1) throw severalClients(pim);
    return Items[0] && storedConnection(Items[0]);
  }
}

async function call<T>(operation: string, grant: string, sent: Promise<T>): Promise<T> {
  try {
    return await sent;
  } catch (error) {
    throw serviceError({ action: `dynamodb:${operation}`, grant }, error);
  }
}

function severalClients(pim: PimUrl): ConnectionError {
  const next =
    'Pass { clientId }, or let an operator forget the connection that is no longer used.';
  const address = pim.toString();
  const message = `${address} has connections of more than one client id. ${next}`;
  return new ConnectionError('several_clients', message, { pim: address });
}

/** What a back end sees of a row, its token aside. */
const LISTED = [
  'pim',
  'clientId',
  'status',
  'tokenFingerprint',
  'requestedScopes',
  'grantedScopes',
  'firstConnectedAt',
  'lastOpenedAt',
] as const satisfies readonly ConnectionAttribute[];

/** @throws {ConnectionError} `connection_malformed`, naming the connection and the attribute. */
function storedConnection(item: StoredRow): StoredConnection {
  const row = wellFormedRow(item, readRow(CONNECTIONS, item, [...LISTED, 'encryptedToken']));
  return { listed: listed(row), encryptedToken: row.encryptedToken };
}

/** @throws {ConnectionError} `connection_malformed`, naming the connection and the attribute. */
function listedConnection(item: StoredRow): ListedConnection {
  return listed(wellFormedRow(item, readRow(CONNECTIONS, item, LISTED)));
}

function listed(row: ConnectionRow<(typeof LISTED)[number]>): ListedConnection {
  return {
    pim: row.pim,
    clientId: row.clientId,
    scopes: row.grantedScopes,
    missingScopes: missingScopes(row.requestedScopes, row.grantedScopes),
    connectedAt: row.firstConnectedAt,
    lastOpenedAt: row.lastOpenedAt,
    status: row.status,
    tokenFingerprint: row.tokenFingerprint,
  };
}

function wellFormedRow<R>(item: StoredRow, row: R | Malformed): R {
  if (!isMalformed(row)) return row;
  // The key of the table: DynamoDB keeps no row without it.
  const { pim, clientId } = wellFormed(readRow(CONNECTIONS, item, CONNECTION_KEY));
  const what = `The connection of ${pim} under the client id ${clientId} is malformed.`;
  const next = 'Let a PIM user open the App once, which writes the row anew.';
  const message = `${what} ${row.problem} ${next}`;
  throw new ConnectionError('connection_malformed', message, { pim, clientId });
}
