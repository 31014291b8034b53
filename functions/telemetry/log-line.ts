import { type Dimension, METRICS_NAMESPACE } from './metrics.ts';

/** Nothing to do, worth a look, or for the operator to act on. */
export type Level = 'INFO' | 'WARN' | 'ERROR';

/** What every line begins with. */
export interface LineHead {
  /** Epoch milliseconds, of the line and of its metrics. */
  readonly at: number;
  readonly level: Level;
  /** What happened, as a code. */
  readonly message: string;
}

/** Metrics that share their dimensions; each name is that of a field in the same line. */
export interface MetricSet {
  readonly dimensions: readonly Dimension[];
  readonly metrics: Readonly<Record<string, 'Count' | 'Milliseconds'>>;
}

/**
 * One line of the log and the metrics in it, as one JSON object (CloudWatch's embedded metric format), so that a metric
 * can always be traced to its line.
 *
 * @param fields the other fields. Callers name each of them: an object that gains a member tomorrow must not gain a
 * place in the log.
 * @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html Embedded metric format}
 */
export function logLine(
  { at, level, message }: LineHead,
  sets: readonly MetricSet[],
  fields: Readonly<Record<string, unknown>>,
): string {
  const timestamp = new Date(at).toISOString();
  const embedded = sets.length > 0 && { _aws: embeddedMetrics(at, sets) };
  return JSON.stringify({ timestamp, level, message, ...embedded, ...fields });
}

function embeddedMetrics(at: number, sets: readonly MetricSet[]): object {
  const CloudWatchMetrics = sets.map(({ dimensions, metrics }) => ({
    Namespace: METRICS_NAMESPACE,
    Dimensions: [dimensions],
    Metrics: Object.entries(metrics).map(([Name, Unit]) => ({ Name, Unit })),
  }));
  return { Timestamp: at, CloudWatchMetrics };
}

/**
 * Writes a line of the log as it is. Not by `console`: under Lambda's JSON log format the runtime wraps
 * what `console` gets into an object of its own, and embedded metrics inside it are not found.
 */
export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
