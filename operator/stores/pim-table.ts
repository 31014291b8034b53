import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { ifConditionHolds } from '../../functions/store/condition.ts';
import { text } from '../../functions/store/item.ts';
import { type PimRow, pimRowFromItem, pimRowToItem } from './pim-row.ts';

/** The Pims table as its operator sees it: the allow-list, written here and nowhere else. */
export class PimTable {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async find(pim: string): Promise<PimRow | undefined> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: { pim: text(pim) },
      ConsistentRead: true,
    });
    const { Item } = await this.#client.send(command);
    return Item && pimRowFromItem(Item);
  }

  /** All rows, page by page, in no order. */
  async *list(): AsyncGenerator<PimRow> {
    const input = { TableName: this.#table, ConsistentRead: true };
    for await (const page of paginateScan({ client: this.#client }, input))
      yield* (page.Items ?? []).map(pimRowFromItem);
  }

  /** Adds a row; false, with nothing written, when the PIM is listed already. */
  add(row: PimRow): Promise<boolean> {
    return this.#put(row, { ConditionExpression: 'attribute_not_exists(pim)' });
  }

  /**
   * Replaces the row that was read as `before`; false, with nothing written, when somebody has changed or removed it
   * since, so that two operators never undo each other's change unseen.
   */
  replace(before: PimRow, after: PimRow): Promise<boolean> {
    const { updatedAt } = pimRowToItem(before);
    return this.#put(after, {
      ConditionExpression: 'updatedAt = :before',
      ...(updatedAt && { ExpressionAttributeValues: { ':before': updatedAt } }),
    });
  }

  /** Removes the row, if it is there. */
  async remove(pim: string): Promise<void> {
    await this.#client.send(
      new DeleteItemCommand({ TableName: this.#table, Key: { pim: text(pim) } }),
    );
  }

  async #put(
    row: PimRow,
    condition: Pick<PutItemCommand['input'], 'ConditionExpression' | 'ExpressionAttributeValues'>,
  ): Promise<boolean> {
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: pimRowToItem(row),
      ...condition,
    });
    return (await ifConditionHolds(this.#client.send(command))) !== undefined;
  }
}
