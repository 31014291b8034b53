import { type DynamoDBClient, paginateScan, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { callService } from '../activation/ports.ts';
import type { PimUrlPolicy } from '../pim/pim-url.ts';
import { text } from '../tables/row.ts';
import { connectionToVisit, VISIT_ATTRIBUTES } from './connection-to-visit.ts';
import { IS_NOT_VISITED, sweepTimes } from './not-visited.ts';
import type {
  ConnectionScanner,
  ConnectionToVisit,
  Segment,
  UnreadableConnection,
} from './ports.ts';

const IS_CONNECTED = '#status = :connected';

/**
 * Finds the connections that are due, by a parallel scan of the table itself: an index holds no tokens.
 *
 * Reads are eventually consistent, at half the price: what is recorded of a row that has changed since is refused
 * by the write's own condition.
 */
export class DynamoDbConnectionScanner implements ConnectionScanner {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #policy: PimUrlPolicy;

  constructor(client: DynamoDBClient, table: string, policy: PimUrlPolicy) {
    this.#client = client;
    this.#table = table;
    this.#policy = policy;
  }

  async *scan(
    segment: Segment,
    startedAt: number,
  ): AsyncGenerator<ConnectionToVisit | UnreadableConnection> {
    const pages = paginateScan({ client: this.#client }, this.#input(segment, startedAt));
    for (;;) {
      const page = await callService('dynamodb', pages.next());
      if (page.done) return;
      for (const row of page.value.Items ?? []) yield connectionToVisit(row, this.#policy);
    }
  }

  #input({ index, of }: Segment, startedAt: number): ScanCommandInput {
    return {
      TableName: this.#table,
      Segment: index,
      TotalSegments: of,
      FilterExpression: `${IS_CONNECTED} AND ${IS_NOT_VISITED}`,
      ProjectionExpression: VISIT_ATTRIBUTES.join(', '),
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':connected': text('connected'), ...sweepTimes(startedAt) },
    };
  }
}
