import {
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { ConnectionStatus } from '../../functions/activation/connection-status.ts';
import type { PimUrl } from '../../functions/pim/pim-url.ts';
import { text } from '../../functions/store/item.ts';
import { STATUS_INDEX } from '../../functions/store/status-index.ts';
import type { ListedConnection } from '../connection.ts';
import type { Lookup } from '../directory/lookup.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { serviceError } from '../errors/service-error.ts';
import { listedConnection, type StoredConnection, storedConnection } from './connection-row.ts';

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
   * The connection, as it is at this moment: the reads are consistent, because they are what tells a dead token from
   * one that was replaced a second ago.
   *
   * @returns `undefined` when there is none.
   * @throws {ConnectionError} `several_clients` when the look-up names no client id and the PIM has more than one.
   */
  find({ pim, clientId }: Lookup): Promise<StoredConnection | undefined> {
    return clientId === undefined ? this.#onlyOneOf(pim) : this.#get(pim, clientId);
  }

  /**
   * The connections of a status, page by page, by PIM. The index lags behind the table by moments.
   *
   * @throws {ConnectionError} `connection_malformed` when it comes to a row that cannot be read, and ends there.
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
      Key: { pim: text(pim.toString()), clientId: text(clientId) },
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
