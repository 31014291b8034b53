import type { ConnectionScanner, Segment } from './ports.ts';
import { type SweepSummary, Tally } from './tally.ts';
import { type Visit, type VisitDeps, visitConnection } from './visit.ts';

/**
 * Into how many parts the table is divided. Each part has one worker, which visits one connection after the
 * other, so this is also how many PIMs are called at once.
 *
 * A visit takes about 300 ms. 10,000 connections × 300 ms ÷ 64 workers = 47 s; as segments are not equally
 * full, the fullest decides, with about 195 connections: 59 s. If every single PIM let its 5 s run out, the
 * fullest segment would take 195 × 5 s = 16 minutes, which is two invocations of at most 15 minutes, of the three
 * that Lambda makes of one event. A schedule of an hour or more always holds three.
 */
export const SEGMENTS = 64;

/** What a sweep works with. */
export interface SweepDeps extends VisitDeps {
  readonly connections: ConnectionScanner;
}

/** One sweep over all connections. */
export interface Sweep {
  /**
   * Epoch milliseconds. It names the sweep: connections that were checked since are left out, so a sweep that
   * is started again under the same time goes on where it ended, and visits nothing twice.
   */
  readonly startedAt: number;
  /** @default {@link SEGMENTS} */
  readonly segments?: number;
  /** When it is aborted, the visits that are under way are brought to their end and no other begins. */
  readonly signal?: AbortSignal;
  /** Told after each visit, with the counts so far. */
  readonly onVisit?: (visit: Visit, soFar: SweepSummary) => void;
}

/**
 * Visits every connection that is alive by our records, at a gentle pace, and records what its PIM says.
 *
 * No PIM is ever called twice at once: all connections of a PIM share the table's partition key, rows with one
 * partition key are in one segment of a parallel scan, and a segment is worked off in single file.
 *
 * @returns the counts; `isComplete` tells whether it came to its end before the signal.
 * @throws {ServiceError} when the table cannot be read, after all workers have ended.
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan Parallel scan}
 */
export async function sweepConnections(sweep: Sweep, deps: SweepDeps): Promise<SweepSummary> {
  const tally = new Tally();
  const of = sweep.segments ?? SEGMENTS;
  const workers = Array.from({ length: of }, (_, index) =>
    sweepSegment({ index, of }, sweep, { ...deps, tally }),
  );
  // Not `Promise.all`: a worker that went on after the sweep has failed could meet the next one at a PIM.
  const ends = await Promise.allSettled(workers);
  const failure = ends.find((end) => end.status === 'rejected');
  if (failure) throw failure.reason;
  return tally.summary(ends.every((end) => end.status === 'fulfilled' && end.value));
}

/** Works off one segment in single file; false when it was stopped before its end. */
async function sweepSegment(
  segment: Segment,
  { startedAt, signal, onVisit }: Sweep,
  deps: SweepDeps & { readonly tally: Tally },
): Promise<boolean> {
  if (signal?.aborted) return false;
  for await (const connection of deps.connections.scan(segment, startedAt)) {
    if (signal?.aborted) return false;
    const visit = await visitConnection(connection, startedAt, deps);
    deps.tally.add(visit);
    onVisit?.(visit, deps.tally.summary(false));
  }
  return true;
}
