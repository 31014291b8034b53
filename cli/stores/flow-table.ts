import {
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { wellFormed } from '../../functions/pim/malformed.ts';
import { FLOWS, flowKey } from '../../functions/tables/flows.ts';
import { readRow, type StoredRow, text } from '../../functions/tables/row.ts';

/** Which flows are meant: those that have all of these values. */
export interface FlowFilter {
  readonly pim?: string;
  readonly clientId?: string;
  /** Pending flows: nobody has come back to them yet. */
  readonly status?: 'pending';
}

/** What is read of a flow. A value is absent where it was removed by hand. */
export interface FlowSummary {
  /** The key of its row. */
  readonly stateHash: string;
  readonly pim?: string;
  readonly clientId?: string;
}

/** The Flows table as its operator sees it. It is used only to end what is under way in a PIM. */
export class FlowTable {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /**
   * Flows by their attributes, page by page, in no order. The table has no index by PIM: its rows live for a day at
   * most, so reading them all is cheap, and an index would make every activation cost more.
   */
  async *matching(filter: FlowFilter): AsyncGenerator<FlowSummary> {
    const input = {
      TableName: this.#table,
      ProjectionExpression: 'stateHash, pim, clientId',
      ConsistentRead: true,
      ...condition(filter),
    };
    for await (const page of paginateScan({ client: this.#client }, input))
      yield* (page.Items ?? []).map(summaryFromItem);
  }

  /** The keys of a PIM's flows, pending or used, of one client id or of all. */
  async *ofPim(pim: string, clientId?: string): AsyncGenerator<string> {
    const filter = { pim, ...(clientId !== undefined && { clientId }) };
    for await (const { stateHash } of this.matching(filter)) yield stateHash;
  }

  /** Removes a flow, if it is there: a browser that comes back with its state is refused. */
  async remove(stateHash: string): Promise<void> {
    const Key = flowKey(stateHash);
    await this.#client.send(new DeleteItemCommand({ TableName: this.#table, Key }));
  }
}

/** `status` is a reserved word, so every attribute goes by an alias; without any, all flows are meant. */
function condition(filter: FlowFilter): Partial<ScanCommandInput> {
  const wanted = Object.entries(filter);
  if (wanted.length === 0) return {};
  return {
    FilterExpression: wanted.map(([name]) => `#${name} = :${name}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(wanted.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      wanted.map(([name, value]) => [`:${name}`, text(value)]),
    ),
  };
}

function summaryFromItem(row: StoredRow): FlowSummary {
  const { stateHash } = wellFormed(readRow(FLOWS, row, ['stateHash']));
  const [pim, clientId] = [row['pim']?.S, row['clientId']?.S];
  return {
    stateHash,
    ...(pim !== undefined && { pim }),
    ...(clientId !== undefined && { clientId }),
  };
}

/**
 * Removes flows, so that a browser that comes back to one of them is refused.
 *
 * @returns how many there were.
 * @throws the signal's reason between two flows, when it is aborted.
 */
export async function removeFlows(
  stateHashes: AsyncIterable<string>,
  flows: FlowTable,
  signal: AbortSignal,
): Promise<number> {
  let removed = 0;
  for await (const stateHash of stateHashes) {
    signal.throwIfAborted();
    await flows.remove(stateHash);
    removed += 1;
  }
  return removed;
}
