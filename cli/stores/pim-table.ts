import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { wellFormed } from '../../functions/pim/malformed.ts';
import { ifConditionHolds } from '../../functions/store/conditional-write.ts';
import { PIMS, type PimRow, pimKey } from '../../functions/tables/pims.ts';
import { readRow, type StoredRow, text, time, toItem } from '../../functions/tables/row.ts';
import { type Listing, listingFromItem, pimRowFromItem } from './pim-row.ts';

/** The Pims table as its operator sees it: the allow-list, written here and nowhere else. */
export class PimTable {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /**
   * The row of a PIM or suffix, by exactly this spelling; `undefined` when it is not listed.
   *
   * @throws {OperatorError} when the row was spoilt by hand.
   */
  async find(pim: string): Promise<PimRow | undefined> {
    const row = await this.#get(pim);
    return row && pimRowFromItem(row);
  }

  /** The same by what can be read of a spoilt row as well, so that such a row can be removed. */
  async findListing(pim: string): Promise<Listing | undefined> {
    const row = await this.#get(pim);
    return row && listingFromItem(row);
  }

  /**
   * The PIMs and suffixes that are listed with a client id, page by page, in no order. A row whose client id was removed
   * by hand is none of them; what else is spoilt in a row does not matter.
   */
  async *pimsOfClient(clientId: string): AsyncGenerator<string> {
    const input = {
      TableName: this.#table,
      ProjectionExpression: 'pim',
      FilterExpression: 'clientId = :client',
      ExpressionAttributeValues: { ':client': text(clientId) },
      ConsistentRead: true,
    };
    for await (const page of paginateScan({ client: this.#client }, input))
      yield* (page.Items ?? []).map((row) => wellFormed(readRow(PIMS, row, ['pim'])).pim);
  }

  /**
   * All rows, page by page, in no order.
   *
   * @throws {OperatorError} at a row that was spoilt by hand.
   */
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
   * since, so that two operators never undo each other's change without noticing.
   */
  replace(before: PimRow, after: PimRow): Promise<boolean> {
    return this.#put(after, {
      ConditionExpression: 'updatedAt = :before',
      ExpressionAttributeValues: { ':before': time(before.updatedAt) },
    });
  }

  /** Removes the row, if it is there. */
  async remove(pim: string): Promise<void> {
    const command = new DeleteItemCommand({ TableName: this.#table, Key: pimKey(pim) });
    await this.#client.send(command);
  }

  async #get(pim: string): Promise<StoredRow | undefined> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: pimKey(pim),
      ConsistentRead: true,
    });
    return (await this.#client.send(command)).Item;
  }

  async #put(
    row: PimRow,
    condition: Pick<PutItemCommand['input'], 'ConditionExpression' | 'ExpressionAttributeValues'>,
  ): Promise<boolean> {
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: toItem(PIMS, row),
      ...condition,
    });
    return (await ifConditionHolds(this.#client.send(command))) !== undefined;
  }
}
