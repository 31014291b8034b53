import { type LineHead, logLine, type MetricSet } from '../telemetry/log-line.ts';
import { HEALTH_METRICS } from '../telemetry/metrics.ts';
import { HEALTHS, type Health } from './health.ts';
import type { SweepSummary } from './tally.ts';
import type { Died } from './visit.ts';

/** What is known of the sweep that a line is about. */
export interface SweepContext {
  /** Name of the stack, a dimension of the metrics. */
  readonly stack: string;
  /** Lambda's number for the invocation. */
  readonly invocationId: string;
  /** Epoch milliseconds at which the line is written. */
  readonly at: number;
}

/**
 * The line of a connection that a sweep has found dead for the second time.
 *
 * Like every function of this file it names each field that it lets into the log: an object that gains a
 * member tomorrow does not gain a place in the log.
 */
export function deadLine({ pim, clientId, health }: Died, context: SweepContext): string {
  return line('WARN', 'connection_dead', context, [], { pim, clientId, health });
}

/** The line of a whole invocation: counts, and the metrics that alarms look at. */
export function summaryLine(
  summary: SweepSummary,
  context: SweepContext & { readonly durationMs: number },
): string {
  const { isComplete, visits, byHealth, died, superseded, failed } = summary;
  const level = isComplete && failed === 0 ? 'INFO' : 'WARN';
  const message = isComplete ? 'health_sweep_completed' : 'health_sweep_stopped';
  return line(level, message, context, [SUMMARY_METRICS], {
    Stack: context.stack,
    [HEALTH_METRICS.failedVisits]: failed,
    [HEALTH_METRICS.deadConnections]: died,
    [HEALTH_METRICS.sweepDuration]: context.durationMs,
    visits,
    superseded,
    ...Object.fromEntries(HEALTHS.map((health) => [health, byHealth[health]])),
  });
}

const SUMMARY_METRICS: MetricSet = {
  dimensions: ['Stack'],
  metrics: {
    [HEALTH_METRICS.failedVisits]: 'Count',
    [HEALTH_METRICS.deadConnections]: 'Count',
    [HEALTH_METRICS.sweepDuration]: 'Milliseconds',
  },
};

/**
 * One line for each health, zeros too, so that a graph comes down again. One line cannot do: in the embedded
 * metric format a dimension has one value a line.
 */
export function healthLines({ byHealth }: SweepSummary, context: SweepContext): string[] {
  return HEALTHS.map((health: Health) =>
    line('INFO', 'connections_by_health', context, [HEALTH_COUNT], {
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

/** The line of a connection that could not be visited, with the name of the error or the attribute. */
export function failureLine(
  failed: { readonly pim: string; readonly clientId: string; readonly problem: string },
  context: SweepContext,
): string {
  const { pim, clientId, problem } = failed;
  return line('ERROR', 'visit_failed', context, [], { pim, clientId, problem });
}

function line(
  level: LineHead['level'],
  message: string,
  { at, invocationId }: SweepContext,
  metrics: readonly MetricSet[],
  fields: Readonly<Record<string, unknown>>,
): string {
  return logLine({ at, level, message }, metrics, { ...fields, invocationId });
}
