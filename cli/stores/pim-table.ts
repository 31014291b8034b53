import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { isMalformed, wellFormed } from '../../functions/pim/malformed.ts';
import { ifConditionHolds } from '../../functions/store/conditional-write.ts';
import {
  type AppType,
  PIM_ATTRIBUTES,
  PIMS,
  type PimAttribute,
  type PimRow,
  pimKey,
} from '../../functions/tables/pims.ts';
import { readRow, type StoredRow, text, time, toItem } from '../../functions/tables/row.ts';
import { plain } from '../../terminal/printable.ts';
import { asArgument, failure, type OperatorError, PROGRAM } from '../operator-error.ts';

/** What can be read of every row of the allow-list, even of a malformed one. */
export interface Registration {
  /** A PIM's address, or a suffix. */
  readonly pim: string;
  /** Absent where it was removed by hand. */
  readonly clientId?: string;
  /** Absent in rows of earlier versions, and where it cannot be read. */
  readonly appType?: AppType;
}

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
   * @throws {OperatorError} when the row is malformed.
   */
  async find(pim: string): Promise<PimRow | undefined> {
    const row = await this.#get(pim);
    return row && pimRowFromItem(row);
  }

  /** The same, for commands that also remove malformed rows. */
  async findRegistration(pim: string): Promise<Registration | undefined> {
    const row = await this.#get(pim);
    return row && registrationFromItem(row);
  }

  /** The PIMs and suffixes that are listed with a client id, in no order. Rows that are otherwise malformed count. */
  async *pimsOfClient(clientId: string): AsyncGenerator<string> {
    for await (const { pim } of this.registrationsOfClient(clientId)) yield pim;
  }

  /** The rows that are listed with a client id, page by page, in no order, as far as they can be read. */
  async *registrationsOfClient(clientId: string): AsyncGenerator<Registration> {
    yield* this.#having('clientId', clientId);
  }

  /** The keys of the rows that have a value, such as the address from which PIMs have moved, in no order. */
  async *keysWith(
    attribute: 'callbackId' | 'movedFrom' | 'tenantId',
    value: string,
  ): AsyncGenerator<string> {
    for await (const { pim } of this.#having(attribute, value)) yield pim;
  }

  async *#having(attribute: PimAttribute, value: string): AsyncGenerator<Registration> {
    const input = {
      TableName: this.#table,
      ProjectionExpression: 'pim, clientId, appType',
      FilterExpression: `${attribute} = :value`,
      ExpressionAttributeValues: { ':value': text(value) },
      ConsistentRead: true,
    };
    for await (const page of paginateScan({ client: this.#client }, input))
      yield* (page.Items ?? []).map(registrationFromItem);
  }

  /**
   * All rows, page by page, in no order.
   *
   * @throws {OperatorError} at a malformed row.
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

  /** Lets the row say that its client id is an App Store App's, if it still has that client id. */
  async markAppStore(pim: string, clientId: string, now: number): Promise<void> {
    const command = new UpdateItemCommand({
      TableName: this.#table,
      Key: pimKey(pim),
      UpdateExpression: 'SET appType = :appStore, updatedAt = :now REMOVE callbackId',
      ConditionExpression: 'clientId = :client',
      ExpressionAttributeValues: {
        ':appStore': text('app_store' satisfies AppType),
        ':now': time(now),
        ':client': text(clientId),
      },
    });
    await ifConditionHolds(this.#client.send(command));
  }

  /** Removes the row that was read; false, with nothing removed, when it has been changed or removed since. */
  async removeUnchanged({ pim, updatedAt }: PimRow): Promise<boolean> {
    const command = new DeleteItemCommand({
      TableName: this.#table,
      Key: pimKey(pim),
      ConditionExpression: 'updatedAt = :before',
      ExpressionAttributeValues: { ':before': time(updatedAt) },
    });
    return (await ifConditionHolds(this.#client.send(command))) !== undefined;
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

/** Reads a row. @throws {OperatorError} naming the PIM and the attribute of a malformed one. */
function pimRowFromItem(item: StoredRow): PimRow {
  const row = readRow(PIMS, item, PIM_ATTRIBUTES);
  if (isMalformed(row)) throw malformedRow(item, row.problem);
  return row;
}

function registrationFromItem(row: StoredRow): Registration {
  const { pim } = wellFormed(readRow(PIMS, row, ['pim']));
  const clientId = row['clientId']?.S;
  const appType = PIMS.attributes.appType.decode(row['appType'] ?? {});
  return {
    pim,
    ...(clientId !== undefined && { clientId }),
    ...(appType !== undefined && { appType }),
  };
}

function malformedRow(row: StoredRow, problem: string): OperatorError {
  const { pim } = registrationFromItem(row);
  const argument = asArgument(plain(pim));
  const tenantId = row['tenantId']?.S;
  const kept = tenantId === undefined ? '' : ` --tenant-id ${asArgument(plain(tenantId))}`;
  return failure(
    `${plain(pim)}: ${problem}`,
    `Somebody changed it by hand. List the PIM anew: ${PROGRAM} pims remove ${argument}, then ${PROGRAM} pims add ${argument}${kept}. If the callback URL that is registered in the PIM is another than that of "${PROGRAM} urls ${argument}", add it by --callback-url.`,
  );
}
