import type { Context } from 'aws-lambda';
import { type LineHead, logLine, type MetricSet } from '../telemetry/log.ts';
import { HEALTH_METRICS } from '../telemetry/metrics.ts';
import type { Check } from './check.ts';
import { HEALTHS } from './health.ts';
import { type CheckTimes, surveyConnections } from './survey.ts';
import {
  type ConnectionScanner,
  type Sweep,
  type SweepDeps,
  type SweepSummary,
  sweepConnections,
} from './sweep.ts';

/** How many failed checks get a line of their own; if all fail, they fail for one reason. */
const MAX_FAILURE_LINES = 20;

/**
 * Kept back at the end for the checks that are under way. The longest takes 27 s: up to 6 for decrypting, 5 for
 * the PIM, 5 for the retry delay, 5 for the PIM again, 6 for recording.
 */
export const STOPPING_RESERVE_MS = 30_000;

/** What the schedule sends, the same in every attempt that Lambda makes; an invocation by hand may leave it out. */
export interface ScheduledSweepEvent {
  /** When the sweep was due, ISO 8601. */
  readonly time?: string;
  /** Milliseconds from one sweep to the next. */
  readonly everyMs?: number;
}

/** The sweep's Lambda function; two arguments, as Node 24 allows no others. */
export type SweepHandler = (
  event: ScheduledSweepEvent,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
) => Promise<SweepSummary>;

/** What the function works with besides the sweep's own ports. */
export interface ScheduledSweepDeps extends SweepDeps {
  readonly connections: ConnectionScanner & CheckTimes;
  /** Name of the stack, a dimension of the metrics. */
  readonly stack: string;
  /** Of the table; fewer for a small one. @default those of a {@link Sweep} */
  readonly segments?: number;
  /** Takes one line of the log, without its line end. */
  readonly log: (line: string) => void;
}

/** The time ran out before every connection was checked; Lambda tries the event again, which goes on from there. */
export class SweepUnfinishedError extends Error {
  override readonly name = 'SweepUnfinishedError';
}

/**
 * Wraps a sweep for a schedule. When the function's time runs out, it finishes the checks that are under way and fails.
 * Lambda then invokes it again with the same event: the sweep is named by the event's time, and connections that were
 * checked since are left out. So the table itself holds the progress, and a crash loses nothing either. What all attempts
 * together do not reach comes first in the next sweep.
 *
 * The handler rejects with {@link SweepUnfinishedError}, or with a `ServiceError` when the table cannot be read.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html Retries of asynchronous invocations}
 */
export function scheduledSweep(deps: ScheduledSweepDeps): SweepHandler {
  return async ({ time = '', everyMs }, context) => {
    const began = deps.now();
    const invocationId = context.awsRequestId;
    const sweepContext = (): SweepContext => ({ stack: deps.stack, invocationId, at: deps.now() });
    const sweep: Sweep = {
      startedAt: Math.min(Date.parse(time) || began, began),
      segments: deps.segments,
      signal: {
        get aborted() {
          return context.getRemainingTimeInMillis() <= STOPPING_RESERVE_MS;
        },
      },
      onCheck: (check, { failed }) => {
        const line = checkLine(check, failed, sweepContext());
        if (line) deps.log(line);
      },
    };
    const { due, spans } = await surveyConnections(sweep, everyMs, deps.connections);
    const summary = await sweepConnections({ ...sweep, spans }, deps);
    deps.log(summaryLine(summary, { ...sweepContext(), due, durationMs: deps.now() - began }));
    for (const line of healthLines(summary, sweepContext())) deps.log(line);
    if (!summary.isComplete) throw new SweepUnfinishedError('Out of time before the last check.');
    return summary;
  };
}

/** What is known of the sweep that a line is about. */
export interface SweepContext {
  /** Name of the stack, a dimension of the metrics. */
  readonly stack: string;
  /** Lambda's ID of the invocation. */
  readonly invocationId: string;
  /** Epoch milliseconds at which the line is written. */
  readonly at: number;
}

/**
 * The line of a check that ended the connection or could not be made; other checks have none.
 *
 * Like every function that makes a line it names each field that it lets into the log: an object that gains a
 * member tomorrow does not gain a place in the log.
 */
export function checkLine(
  check: Check,
  failures: number,
  context: SweepContext,
): string | undefined {
  const { pim, clientId } = check;
  if (check.kind === 'died') {
    const { health } = check;
    return sweepLine('WARN', 'connection_dead', context, [], { pim, clientId, health });
  }
  if (check.kind !== 'failed' || failures > MAX_FAILURE_LINES) return undefined;
  const { problem } = check;
  const Stack = context.stack;
  return sweepLine('ERROR', 'check_failed', context, [], { Stack, pim, clientId, problem });
}

/** The line of a whole invocation: counts, and the metrics that alarms look at. */
export function summaryLine(
  summary: SweepSummary,
  context: SweepContext & { readonly due: number; readonly durationMs: number },
): string {
  const { isComplete, checks, byHealth, died, superseded, failed } = summary;
  const left = isComplete ? 0 : Math.max(0, context.due - checks);
  const level = isComplete && failed === 0 ? 'INFO' : 'WARN';
  const message = isComplete ? 'health_sweep_completed' : 'health_sweep_stopped';
  return sweepLine(level, message, context, [SUMMARY_METRICS], {
    Stack: context.stack,
    [HEALTH_METRICS.failedChecks]: failed,
    [HEALTH_METRICS.deadConnections]: died,
    [HEALTH_METRICS.sweepDuration]: context.durationMs,
    [HEALTH_METRICS.checkInterval]: summary.longestIntervalMs,
    [HEALTH_METRICS.connectionsLeft]: left,
    checks,
    superseded,
    ...Object.fromEntries(HEALTHS.map((health) => [health, byHealth[health]])),
  });
}

const SUMMARY_METRICS: MetricSet = {
  dimensions: ['Stack'],
  metrics: {
    [HEALTH_METRICS.failedChecks]: 'Count',
    [HEALTH_METRICS.deadConnections]: 'Count',
    [HEALTH_METRICS.sweepDuration]: 'Milliseconds',
    [HEALTH_METRICS.checkInterval]: 'Milliseconds',
    [HEALTH_METRICS.connectionsLeft]: 'Count',
  },
};

/**
 * One line for each health, zeros too, so that a graph comes down again. They cannot share a line: in the embedded
 * metric format a dimension has one value per line.
 */
export function healthLines({ byHealth }: SweepSummary, context: SweepContext): string[] {
  return HEALTHS.map((health) =>
    sweepLine('INFO', 'connections_by_health', context, [HEALTH_COUNT], {
      Stack: context.stack,
      Health: health,
      [HEALTH_METRICS.connections]: byHealth[health],
    }),
  );
}

const HEALTH_COUNT: MetricSet = {
  dimensions: ['Stack', 'Health'],
  metrics: { [HEALTH_METRICS.connections]: 'Count' },
};

function sweepLine(
  level: LineHead['level'],
  message: string,
  { at, invocationId }: SweepContext,
  metrics: readonly MetricSet[],
  fields: Readonly<Record<string, unknown>>,
): string {
  return logLine({ at, level, message }, metrics, { ...fields, invocationId });
}
