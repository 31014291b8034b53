import { inSegments, type Segment, type Span, type Sweep } from './sweep.ts';

/** Reads when connections were checked last. */
export interface CheckTimes {
  /**
   * For each connection of the segment that is due for a sweep, the time of its last check; `undefined` when none is known.
   *
   * @throws {ServiceError} when the table does not answer.
   */
  checkTimes(segment: Segment, startedAt: number): AsyncIterable<number | undefined>;
}

/** What is due when a sweep begins, or goes on. */
export interface Survey {
  /** How many connections. */
  readonly due: number;
  /** Together they hold every connection that is due. The oldest is the first. */
  readonly spans: readonly Span[];
}

/**
 * Longer than the time from one sweep to the next, which varies by minutes: a sweep that keeps up has one span then. Each
 * span is a scan of its own.
 */
const PERIODS_IN_SPAN = 1.5;

/** Older than any check, so that connections without one come first. */
const NEVER = 0;

/**
 * The newest span has all that does not fit. Only a connection that can never be checked grows older and older, so many
 * spans are the work of many such connections.
 */
const MAX_SPANS = 20;

/**
 * Divides the connections that are due by the time of their last check. A sweep that checks the oldest first resumes where
 * the one before has ended. If each began at the same end of the table and none had the time to finish, connections at the
 * other end would never be checked.
 *
 * It reads the whole table once more, which costs less than a hundredth of checking it. What it holds in memory does not grow with it.
 *
 * @param everyMs from one sweep to the next. All connections are in one span if it is absent.
 * @throws {ServiceError} when the table cannot be read.
 */
export async function surveyConnections(
  { startedAt, segments, signal }: Pick<Sweep, 'startedAt' | 'segments' | 'signal'>,
  everyMs: number | undefined,
  connections: CheckTimes,
): Promise<Survey> {
  const widthMs = PERIODS_IN_SPAN * (everyMs ?? Number.POSITIVE_INFINITY);
  const ages = new Set<number>();
  let due = 0;
  await inSegments(segments, async (segment) => {
    for await (const checkedAt of connections.checkTimes(segment, startedAt)) {
      if (signal?.aborted) return;
      due += 1;
      ages.add(Math.ceil((startedAt - (checkedAt ?? NEVER)) / widthMs) - 1);
    }
  });
  return { due, spans: spansOf(ages, startedAt, widthMs) };
}

/** @param ages how many whole widths before the start of the sweep there were checks. */
function spansOf(ages: ReadonlySet<number>, startedAt: number, widthMs: number): Span[] {
  const oldestFirst = [...ages].filter((age) => age > 0).sort((one, other) => other - one);
  const ends = oldestFirst.slice(0, MAX_SPANS - 1).map((age) => startedAt - age * widthMs);
  return [...ends.map((before, index) => span(ends[index - 1], before)), span(ends.at(-1))];
}

function span(from: number | undefined, before?: number): Span {
  return { ...(from !== undefined && { from }), ...(before !== undefined && { before }) };
}
