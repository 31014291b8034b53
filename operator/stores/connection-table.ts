import {
  DeleteItemCommand,
  type DynamoDBClient,
  paginateQuery,
  paginateScan,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { ConnectionStatus } from '../../functions/activation/connection-status.ts';
import { text } from '../../functions/store/item.ts';
import { LIST_INDEX } from '../../functions/store/list-index.ts';
import {
  CONNECTION_ATTRIBUTES,
  type ConnectionRow,
  connectionRowFromItem,
} from './connection-row.ts';

/** `status` is a reserved word, so every attribute goes by an alias. */
const PROJECTION = {
  ProjectionExpression: CONNECTION_ATTRIBUTES.map((name) => `#${name}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(
    CONNECTION_ATTRIBUTES.map((name) => [`#${name}`, name]),
  ),
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
  async *list(): AsyncGenerator<ConnectionRow> {
    const input = { TableName: this.#table, ...PROJECTION };
    for await (const page of paginateScan({ client: this.#client }, input))
      yield* (page.Items ?? []).map(connectionRowFromItem);
  }

  /** The connections of a status, page by page, by PIM. The index lags behind the table by moments. */
  withStatus(status: ConnectionStatus): AsyncGenerator<ConnectionRow> {
    return this.#query(hasStatus(status));
  }

  /** How many connections have a status. */
  async count(status: ConnectionStatus): Promise<number> {
    const input: QueryCommandInput = {
      TableName: this.#table,
      ...hasStatus(status),
      ExpressionAttributeNames: { [`#${LIST_INDEX.partitionKey}`]: LIST_INDEX.partitionKey },
      Select: 'COUNT',
    };
    let count = 0;
    for await (const page of paginateQuery({ client: this.#client }, input))
      count += page.Count ?? 0;
    return count;
  }

  /** The connections of one PIM: one for each client id that ever connected. */
  ofPim(pim: string): AsyncGenerator<ConnectionRow> {
    return this.#query(isOfPim(pim));
  }

  /** Whether a PIM has ever connected. No attribute is read, so a row that was spoilt by hand counts as well. */
  async hasPim(pim: string): Promise<boolean> {
    const input = { TableName: this.#table, ...isOfPim(pim), Select: 'COUNT', Limit: 1 } as const;
    const { Count } = await this.#client.send(new QueryCommand(input));
    return Count === 1;
  }

  /** Removes a connection with its encrypted token, if it is there. */
  async remove({ pim, clientId }: Pick<ConnectionRow, 'pim' | 'clientId'>): Promise<void> {
    const Key = { pim: text(pim), clientId: text(clientId) };
    await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key }));
  }

  async *#query(query: Partial<QueryCommandInput>): AsyncGenerator<ConnectionRow> {
    const input = { TableName: this.#table, ...PROJECTION, ...query };
    for await (const page of paginateQuery({ client: this.#client }, input))
      yield* (page.Items ?? []).map(connectionRowFromItem);
  }
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
    IndexName: LIST_INDEX.name,
    KeyConditionExpression: `#${LIST_INDEX.partitionKey} = :status`,
    ExpressionAttributeValues: { ':status': text(status) },
  };
}
