import { isMalformed } from '../pim/malformed.ts';
import {
  type Check,
  type CheckDeps,
  checkConnection,
  type DueConnection,
  type MalformedConnection,
} from './check.ts';
import { HEALTHS, type Health } from './health.ts';

/**
 * Into how many segments the table is divided. Each segment has one worker, which checks one connection after the
 * other, so this is also how many PIMs are called at once.
 *
 * A check takes about 300 ms. 100,000 connections × 300 ms ÷ 64 workers = 8 minutes; as segments are not equally full, the
 * fullest decides. Lambda makes up to three invocations of one event, of 14.5 usable minutes each, and a schedule of an
 * hour or more always holds three. In that time 64 workers wait for 500,000 PIMs, and for 30,000 if every single one lets
 * its 5 s run out. Of more, a sweep checks those that have waited longest (`survey.ts`).
 */
export const SEGMENTS = 64;

/** One of several parts of the table that together hold every row once. */
export interface Segment {
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

/** Connections by the time of their last check, in epoch milliseconds. */
export interface Span {
  /** Absent in the oldest span, which also has the connections that were never checked. */
  readonly from?: number;
  /** Not in the span itself. Absent in the newest span, which ends with the start of the sweep. */
  readonly before?: number;
}

/** Reads the connections that are due. */
export interface ConnectionScanner {
  /**
   * The segment's connections that are `connected` and were not checked at `startedAt` (epoch
   * milliseconds) or later. All connections of one PIM are in one segment.
   *
   * @param span only those that it has; all by default.
   * @throws {ServiceError} when the table does not answer.
   */
  scan(
    segment: Segment,
    startedAt: number,
    span?: Span,
  ): AsyncIterable<DueConnection | MalformedConnection>;
}

/** What a sweep works with. */
export interface SweepDeps extends CheckDeps {
  readonly connections: ConnectionScanner;
}

/** One sweep over all connections. */
export interface Sweep {
  /**
   * Epoch milliseconds. It names the sweep: connections that were checked since are left out, so a sweep that
   * is started again under the same time goes on where it ended, and checks nothing twice.
   */
  readonly startedAt: number;
  /** @default {@link SEGMENTS} */
  readonly segments?: number | undefined;
  /** Each segment's connections are checked span by span. @default all at once */
  readonly spans?: readonly Span[];
  /** Looked at before each check. When it is aborted, the checks that are under way are finished and no other begins. */
  readonly signal?: Pick<AbortSignal, 'aborted'>;
  /** Called after each check, with the counts so far. */
  readonly onCheck?: (check: Check, soFar: SweepSummary) => void;
}

/** The result of a sweep, in numbers of connections. */
export interface SweepSummary {
  /** Whether every connection that was due has been checked. */
  readonly isComplete: boolean;
  /** All checks, whatever their result. */
  readonly checks: number;
  /** The longest time, in milliseconds, from a connection's check before to its check in this sweep; 0 without any. */
  readonly longestIntervalMs: number;
  /** Connections by the health that was recorded. */
  readonly byHealth: Readonly<Record<Health, number>>;
  /** Of those, the ones that this sweep has ended. */
  readonly died: number;
  /** Changed while their PIM was asked. */
  readonly superseded: number;
  /** Not checked, for a reason of ours. */
  readonly failed: number;
}

/**
 * Checks every connection whose status is `connected`, and records the findings.
 *
 * No PIM is ever called twice at once: all connections of a PIM share the table's partition key, rows with one
 * partition key are in one segment of a parallel scan, and a segment's connections are checked one by one.
 *
 * What it holds in memory does not grow with the table: counts, and for each segment one page of rows.
 *
 * @returns the counts; `isComplete` tells whether it came to its end before the signal.
 * @throws {ServiceError} when the table cannot be read, after all workers have ended.
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan Parallel scan}
 */
export async function sweepConnections(sweep: Sweep, deps: SweepDeps): Promise<SweepSummary> {
  const counts = new SweepCounts();
  const ends = await inSegments(sweep.segments, (segment) =>
    sweepSegment(segment, sweep, { ...deps, counts }),
  );
  return counts.summary(ends.every(Boolean));
}

/** Works on all segments at once. Throws what one of them has thrown, after all have ended. */
export async function inSegments<Result>(
  of: number = SEGMENTS,
  work: (segment: Segment) => Promise<Result>,
): Promise<Result[]> {
  const segments = Array.from({ length: of }, (_, index) => work({ index, of }));
  // To wait for all at once is not enough: a worker that went on could call a PIM together with the next sweep.
  await Promise.allSettled(segments);
  return Promise.all(segments);
}

/** Checks the connections of one segment one by one; false when it was stopped before its end. */
async function sweepSegment(
  segment: Segment,
  { startedAt, spans = [{}], signal, onCheck }: Sweep,
  deps: SweepDeps & { readonly counts: SweepCounts },
): Promise<boolean> {
  for (const span of spans) {
    if (signal?.aborted) return false;
    for await (const connection of deps.connections.scan(segment, startedAt, span)) {
      if (signal?.aborted) return false;
      const check = await checkConnection(connection, startedAt, deps);
      deps.counts.add(check, sinceLastCheckMs(connection, deps.now()));
      onCheck?.(check, deps.counts.summary(false));
    }
  }
  return true;
}

/** How long ago a connection was checked before; 0 when it never was, or when a wrong clock says that it will be. */
function sinceLastCheckMs(connection: DueConnection | MalformedConnection, now: number): number {
  const before = isMalformed(connection) ? undefined : connection.checkedAt;
  return before === undefined ? 0 : Math.max(0, now - before);
}

/** Counts the checks of a sweep. */
export class SweepCounts {
  readonly #byHealth = new Map<Health, number>();
  readonly #byKind = new Map<Check['kind'], number>();
  #longestIntervalMs = 0;

  /** @param intervalMs since the check before. It counts only if this check is on record. */
  add(check: Check, intervalMs: number): void {
    increment(this.#byKind, check.kind);
    if (check.kind !== 'checked' && check.kind !== 'died') return;
    increment(this.#byHealth, check.health);
    this.#longestIntervalMs = Math.max(this.#longestIntervalMs, intervalMs);
  }

  summary(isComplete: boolean): SweepSummary {
    const count = (kind: Check['kind']) => this.#byKind.get(kind) ?? 0;
    const byHealth = HEALTHS.map((health) => [health, this.#byHealth.get(health) ?? 0] as const);
    return {
      isComplete,
      longestIntervalMs: this.#longestIntervalMs,
      checks: [...this.#byKind.values()].reduce((sum, kind) => sum + kind, 0),
      // `Object.fromEntries` forgets the literal keys, which are exactly HEALTHS.
      byHealth: Object.fromEntries(byHealth) as Record<Health, number>,
      died: count('died'),
      superseded: count('superseded'),
      failed: count('failed'),
    };
  }
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
