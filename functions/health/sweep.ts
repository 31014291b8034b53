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
 * A check takes about 300 ms. 10,000 connections × 300 ms ÷ 64 workers = 47 s; as segments are not equally
 * full, the fullest decides, with about 195 connections: 59 s. If every single PIM let its 5 s run out, the
 * fullest segment would take 195 × 5 s = 16 minutes, which is two invocations of at most 15 minutes, of the three
 * that Lambda makes of one event. A schedule of an hour or more always holds three.
 */
export const SEGMENTS = 64;

/** One of several parts of the table that together hold every row once. */
export interface Segment {
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

/** Reads the connections that are due. */
export interface ConnectionScanner {
  /**
   * The segment's connections that are `connected` and were not checked at `startedAt` (epoch
   * milliseconds) or later. All connections of one PIM are in one segment.
   *
   * @throws {ServiceError} when the table does not answer.
   */
  scan(segment: Segment, startedAt: number): AsyncIterable<DueConnection | MalformedConnection>;
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
  readonly segments?: number;
  /** When it is aborted, the checks that are under way are finished and no other begins. */
  readonly signal?: AbortSignal;
  /** Called after each check, with the counts so far. */
  readonly onCheck?: (check: Check, soFar: SweepSummary) => void;
}

/** The result of a sweep, in numbers of connections. */
export interface SweepSummary {
  /** Whether every connection that was due has been checked. */
  readonly isComplete: boolean;
  /** All checks, whatever their result. */
  readonly checks: number;
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
 * @returns the counts; `isComplete` tells whether it came to its end before the signal.
 * @throws {ServiceError} when the table cannot be read, after all workers have ended.
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan Parallel scan}
 */
export async function sweepConnections(sweep: Sweep, deps: SweepDeps): Promise<SweepSummary> {
  const counts = new SweepCounts();
  const of = sweep.segments ?? SEGMENTS;
  const workers = Array.from({ length: of }, (_, index) =>
    sweepSegment({ index, of }, sweep, { ...deps, counts }),
  );
  // Not `Promise.all`: a worker that went on after the sweep has failed could call a PIM together with the next sweep.
  const ends = await Promise.allSettled(workers);
  const failure = ends.find((end) => end.status === 'rejected');
  if (failure) throw failure.reason;
  return counts.summary(ends.every((end) => end.status === 'fulfilled' && end.value));
}

/** Checks the connections of one segment one by one; false when it was stopped before its end. */
async function sweepSegment(
  segment: Segment,
  { startedAt, signal, onCheck }: Sweep,
  deps: SweepDeps & { readonly counts: SweepCounts },
): Promise<boolean> {
  if (signal?.aborted) return false;
  for await (const connection of deps.connections.scan(segment, startedAt)) {
    if (signal?.aborted) return false;
    const check = await checkConnection(connection, startedAt, deps);
    deps.counts.add(check);
    onCheck?.(check, deps.counts.summary(false));
  }
  return true;
}

/** Counts the checks of a sweep. */
export class SweepCounts {
  readonly #byHealth = new Map<Health, number>();
  readonly #byKind = new Map<Check['kind'], number>();

  add(check: Check): void {
    increment(this.#byKind, check.kind);
    if (check.kind === 'checked' || check.kind === 'died') increment(this.#byHealth, check.health);
  }

  summary(isComplete: boolean): SweepSummary {
    const count = (kind: Check['kind']) => this.#byKind.get(kind) ?? 0;
    const byHealth = HEALTHS.map((health) => [health, this.#byHealth.get(health) ?? 0] as const);
    return {
      isComplete,
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
