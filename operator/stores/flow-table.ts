import { DeleteItemCommand, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { ItemReader, text } from '../../functions/store/item.ts';

/** The Flows table as its operator sees it: used only to end what is under way in a PIM. */
export class FlowTable {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /**
   * The keys of a PIM's flows, pending or used, of one client id or of all. The table has no index by PIM: its rows live
   * for a day at most, so reading them all is cheap, and an index would make every activation cost more.
   */
  async *ofPim(pim: string, clientId?: string): AsyncGenerator<string> {
    const input = {
      TableName: this.#table,
      ProjectionExpression: 'stateHash',
      FilterExpression: clientId === undefined ? 'pim = :pim' : 'pim = :pim AND clientId = :client',
      ExpressionAttributeValues: {
        ':pim': text(pim),
        ...(clientId !== undefined && { ':client': text(clientId) }),
      },
      ConsistentRead: true,
    };
    for await (const page of paginateScan({ client: this.#client }, input))
      yield* (page.Items ?? []).map((row) => new ItemReader('Flows', row).text('stateHash'));
  }

  /** Removes a flow, if it is there: a browser that comes back with its state is refused. */
  async remove(stateHash: string): Promise<void> {
    const Key = { stateHash: text(stateHash) };
    await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key }));
  }
}
