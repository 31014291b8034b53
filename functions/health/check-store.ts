/** What checks read from the Connections table, and what they write to it. */
import {
  type DynamoDBClient,
  paginateScan,
  type ScanCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { callService } from '../activation/ports.ts';
import { isMalformed, wellFormed } from '../pim/malformed.ts';
import { PimUrl, type PimUrlPolicy } from '../pim/pim-url.ts';
import { assignmentsOf, ifConditionHolds } from '../store/conditional-write.ts';
import {
  CONNECTION_KEY,
  CONNECTIONS,
  type ConnectionAttribute,
  connectionKey,
} from '../tables/connections.ts';
import {
  type Item,
  ignorable,
  number,
  readRow,
  type StoredRow,
  text,
  time,
  toItem,
} from '../tables/row.ts';
import type { DueConnection, Finding, FindingRecorder, MalformedConnection } from './check.ts';
import type { CheckTimes } from './survey.ts';
import type { ConnectionScanner, Segment, Span } from './sweep.ts';

/** The attributes that {@link dueConnection} reads. */
export const DUE_ATTRIBUTES = [
  ...CONNECTION_KEY,
  'encryptedToken',
  'tokenFingerprint',
  'consecutiveInvalid',
  'checkedAt',
] as const satisfies readonly ConnectionAttribute[];

/** A time that cannot be read hinders no check: the check replaces it. */
const DUE = {
  ...CONNECTIONS,
  attributes: {
    ...CONNECTIONS.attributes,
    checkedAt: ignorable(CONNECTIONS.attributes.checkedAt),
  },
} as const;

/**
 * How many rows are read at once for each segment, and held until they are checked. DynamoDB's own pages of 1 MB have 1,400
 * rows of 700 bytes: with 64 segments, 90,000 connections were in memory at the same time.
 */
const PAGE_SIZE = 100;

/** The same for rows of which nothing but a time is read. */
const TIMES_PAGE_SIZE = 1_000;

const CHECKED_AT = 'checkedAt' satisfies ConnectionAttribute;
const COUNT = 'consecutiveInvalid' satisfies ConnectionAttribute;
const FINGERPRINT = 'tokenFingerprint' satisfies ConnectionAttribute;
const STATUS = 'status' satisfies ConnectionAttribute;

const IS_CONNECTED = '#status = :connected';
/**
 * Not checked since the sweep began. A check that a wrong clock has dated far ahead does not count: the row would be
 * left out until then. Times are stored in ISO 8601 in UTC, so their order as text is their order in time.
 */
const IS_DUE = `(attribute_not_exists(${CHECKED_AT}) OR ${CHECKED_AT} < :dueBefore OR ${CHECKED_AT} > :implausible)`;
/** A day. No sweep lasts so long. */
const IMPLAUSIBLE_MS = 86_400_000;
const IS_IN_LATER_SPAN = `${CHECKED_AT} >= :from AND ${CHECKED_AT} < :dueBefore`;
const IS_SAME_TOKEN = `${FINGERPRINT} = :fingerprint`;
/** Opening the App resets the count, even if the PIM issues the same token: the token is valid then. */
const HAS_NO_COUNT = `attribute_not_exists(${COUNT})`;
const HAS_SAME_COUNT = `${COUNT} = :before`;

/**
 * Reads a row of Connections that is due.
 *
 * @param policy today's: the PIM's address is checked again, because the token is about to be sent there.
 */
export function dueConnection(
  row: StoredRow,
  policy: PimUrlPolicy,
): DueConnection | MalformedConnection {
  const key = wellFormed(readRow(CONNECTIONS, row, CONNECTION_KEY));
  const pim = PimUrl.parse(key.pim, policy);
  if (isMalformed(pim)) return { ...pim, problem: `pim: ${pim.problem}`, ...key };
  const due = readRow(DUE, row, DUE_ATTRIBUTES);
  return isMalformed(due) ? { ...due, ...key } : { consecutiveInvalid: 0, ...due, pim };
}

/**
 * Finds the connections that are due, by a parallel scan of the table itself: the index holds no tokens.
 *
 * Reads are eventually consistent, at half the price. If a row has changed since, the condition of the write refuses
 * the finding.
 */
export class DynamoDbConnectionScanner implements ConnectionScanner, CheckTimes {
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
    span: Span = {},
  ): AsyncGenerator<DueConnection | MalformedConnection> {
    const attributes = DUE_ATTRIBUTES.join(', ');
    const rows = this.#rows(segment, PAGE_SIZE, attributes, isInSpan(span, startedAt));
    for await (const row of rows) yield dueConnection(row, this.#policy);
  }

  async *checkTimes(segment: Segment, startedAt: number): AsyncGenerator<number | undefined> {
    const rows = this.#rows(segment, TIMES_PAGE_SIZE, CHECKED_AT, isInSpan({}, startedAt));
    for await (const row of rows) yield DUE.attributes.checkedAt.decode(row[CHECKED_AT] ?? {});
  }

  async *#rows(
    { index, of }: Segment,
    pageSize: number,
    attributes: string,
    { condition, values }: Condition,
  ): AsyncGenerator<StoredRow> {
    const input: ScanCommandInput = {
      TableName: this.#table,
      Segment: index,
      TotalSegments: of,
      FilterExpression: `${IS_CONNECTED} AND ${condition}`,
      ProjectionExpression: attributes,
      ExpressionAttributeNames: { '#status': STATUS },
      ExpressionAttributeValues: values,
    };
    const pages = paginateScan({ client: this.#client, pageSize }, input);
    for (;;) {
      const page = await callService('dynamodb', pages.next());
      if (page.done) return;
      yield* page.value.Items ?? [];
    }
  }
}

/** An expression, and the values that it names: DynamoDB refuses any other. */
interface Condition {
  readonly condition: string;
  readonly values: Item;
}

function isInSpan({ from, before }: Span, startedAt: number): Condition {
  if (from === undefined) return { condition: IS_DUE, values: dueValues(startedAt, before) };
  const { ':connected': connected, ':dueBefore': dueBefore } = dueValues(startedAt, before);
  return {
    condition: IS_IN_LATER_SPAN,
    values: { ':connected': connected, ':dueBefore': dueBefore, ':from': time(from) },
  };
}

/** Writes findings to the Connections table, each by one conditional update. */
export class DynamoDbFindingRecorder implements FindingRecorder {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** A second sweep at the same time, or the same event delivered twice, does not count an answer twice. */
  async record(finding: Finding): Promise<boolean> {
    const { connection, next, sweepStartedAt } = finding;
    const { consecutiveInvalid: before, tokenFingerprint } = connection;
    const { expression, names, values } = assignmentsOf(changesBy(finding));
    const command = new UpdateItemCommand({
      TableName: this.#table,
      Key: connectionKey(connection),
      ConditionExpression: [
        IS_CONNECTED,
        IS_DUE,
        IS_SAME_TOKEN,
        before === 0 ? HAS_NO_COUNT : HAS_SAME_COUNT,
      ].join(' AND '),
      UpdateExpression: `SET ${expression}${next.consecutiveInvalid === 0 ? ` REMOVE ${COUNT}` : ''}`,
      ExpressionAttributeNames: { '#status': STATUS, ...names },
      // Only the values that the expressions name: DynamoDB refuses an update with any other.
      ExpressionAttributeValues: {
        ...values,
        ...dueValues(sweepStartedAt),
        ':fingerprint': text(tokenFingerprint),
        ...(before > 0 && { ':before': number(before) }),
      },
    });
    return (await ifConditionHolds(this.#client.send(command))) !== undefined;
  }
}

function changesBy({ health, next, checkedAt }: Finding): Item {
  const { consecutiveInvalid, status } = next;
  return toItem(CONNECTIONS, {
    health,
    checkedAt,
    ...(consecutiveInvalid > 0 && { consecutiveInvalid }),
    ...(status && { status, statusAt: checkedAt }),
  });
}

/** The values that {@link IS_CONNECTED} and {@link IS_DUE} name. */
function dueValues(sweepStartedAt: number, before = sweepStartedAt) {
  return {
    ':connected': text('connected'),
    ':dueBefore': time(before),
    ':implausible': time(sweepStartedAt + IMPLAUSIBLE_MS),
  };
}
