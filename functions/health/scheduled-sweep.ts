import type { Context } from 'aws-lambda';
import { type Sweep, type SweepDeps, sweepConnections } from './sweep.ts';
import {
  deadLine,
  failureLine,
  healthLines,
  type SweepContext,
  summaryLine,
} from './sweep-lines.ts';
import type { SweepSummary } from './tally.ts';
import type { Visit } from './visit.ts';

/** How many failed visits get a line of their own; if all fail, they fail for one reason. */
const MAX_FAILURE_LINES = 20;

/**
 * Kept back at the end for the visits that are under way. The longest takes 27 s: up to 6 for decrypting, 5 for
 * the PIM, 5 for a pause, 5 for the PIM again, 6 for recording.
 */
export const STOPPING_RESERVE_MS = 30_000;

/** The part of EventBridge's scheduled event that matters; an invocation by hand may leave it out. */
export interface ScheduledSweepEvent {
  /** When the sweep was due, ISO 8601. The same in every attempt that Lambda makes of one event. */
  readonly time?: string;
}

/** The sweep's Lambda function; two arguments, as Node 24 allows no others. */
export type SweepHandler = (
  event: ScheduledSweepEvent,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
) => Promise<SweepSummary>;

/** What the function works with besides the sweep's own ports. */
export interface ScheduledSweepDeps extends SweepDeps {
  /** Name of the stack, a dimension of the metrics. */
  readonly stack: string;
  /** Takes one line of the log, without its line end. */
  readonly log: (line: string) => void;
}

/** The time ran out before every connection was visited; Lambda tries the event again, which goes on from there. */
export class SweepUnfinishedError extends Error {
  override readonly name = 'SweepUnfinishedError';
}

/**
 * Wraps a sweep for a schedule. When the function's time runs out it stops in good order and fails, whereupon Lambda
 * invokes it again with the same event: the sweep is named by the event's time, and what it has checked since is
 * left out. So the table itself is the cursor, and a crash loses nothing either.
 *
 * The handler rejects with {@link SweepUnfinishedError}, or with a `ServiceError` when the table cannot be read.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html Retries of asynchronous invocations}
 */
export function scheduledSweep(deps: ScheduledSweepDeps): SweepHandler {
  return async ({ time = '' }, context) => {
    const began = deps.now();
    const remainingMs = context.getRemainingTimeInMillis();
    const invocationId = context.awsRequestId;
    const sweepContext = (): SweepContext => ({ stack: deps.stack, invocationId, at: deps.now() });
    const sweep: Sweep = {
      startedAt: Math.min(Date.parse(time) || began, began),
      signal: AbortSignal.timeout(Math.max(0, remainingMs - STOPPING_RESERVE_MS)),
      onVisit: (visit, { failed }) => tell(visit, failed, deps.log, sweepContext()),
    };
    const summary = await sweepConnections(sweep, deps);
    deps.log(summaryLine(summary, { ...sweepContext(), durationMs: deps.now() - began }));
    for (const line of healthLines(summary, sweepContext())) deps.log(line);
    if (!summary.isComplete) throw new SweepUnfinishedError('Out of time before the last visit.');
    return summary;
  };
}

function tell(
  visit: Visit,
  failures: number,
  log: ScheduledSweepDeps['log'],
  sweep: SweepContext,
): void {
  if (visit.kind === 'died') log(deadLine(visit, sweep));
  if (visit.kind === 'failed' && failures <= MAX_FAILURE_LINES) log(failureLine(visit, sweep));
}
