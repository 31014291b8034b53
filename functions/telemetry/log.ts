/**
 * What the log may hold. Every line of every function is made here by {@link logLine}, from fields that its caller names
 * one by one; of a request it is an {@link OutcomeRecord}. State, code, cookie, token and secret are in none of them.
 */
import { type Cause, OUTCOMES, type OutcomeCode } from '../activation/outcomes.ts';
import type { OutcomeContext } from '../activation/result.ts';
import { type Dimension, DURATION, METRICS_NAMESPACE, REQUESTS } from './metrics.ts';

/** Everything that the log may hold of a request. */
export interface OutcomeRecord {
  readonly stack: string;
  readonly endpoint: 'activate' | 'callback' | 'login';
  readonly code: OutcomeCode;
  /** The alarm that it counts for. */
  readonly cause?: Cause | undefined;
  readonly context: OutcomeContext;
  /** The gateway's ID of the request, as shown on the page. */
  readonly requestId: string;
  /** Lambda's ID of the invocation. */
  readonly invocationId: string;
  readonly coldStart: boolean;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Where a defect happened: stack frames without the message, which might quote a value. */
  readonly frames?: readonly string[];
}

/**
 * One request, one line. It names each field that it lets into the log: an object that gains a member tomorrow does not
 * gain a place there.
 */
export function outcomeLine(record: OutcomeRecord): string {
  const { code, startedAt: at } = record;
  return logLine({ at, level: levelOf(record), message: code }, metricsOf(record), {
    ...metricFields(record),
    ...contextFields(record.context),
    requestId: record.requestId,
    invocationId: record.invocationId,
    coldStart: record.coldStart,
    frames: record.frames,
  });
}

function levelOf({ code, cause }: OutcomeRecord): Level {
  if (OUTCOMES[code].status < 400) return 'INFO';
  return cause ? 'ERROR' : 'WARN';
}

/** Requests by outcome, and by cause if it is an alarm's, and their duration by endpoint. */
function metricsOf({ cause }: OutcomeRecord): readonly MetricSet[] {
  const requestsBy = (dimension: Dimension): MetricSet => ({
    dimensions: ['Stack', dimension],
    metrics: { [REQUESTS]: 'Count' },
  });
  return [
    requestsBy('Outcome'),
    ...(cause ? [requestsBy('Cause')] : []),
    { dimensions: ['Stack', 'Endpoint'], metrics: { [DURATION]: 'Milliseconds' } },
  ];
}

function metricFields({ stack, endpoint, code, cause, durationMs }: OutcomeRecord) {
  return {
    Stack: stack,
    Outcome: code,
    Cause: cause,
    Endpoint: endpoint,
    [REQUESTS]: 1,
    [DURATION]: durationMs,
  };
}

function contextFields(context: OutcomeContext): Record<string, unknown> {
  return {
    pim: context.pim?.toString(),
    clientId: context.clientId,
    attempt: context.attempt,
    missingScopes: context.missingScopes?.length ? context.missingScopes : undefined,
    pimStatus: context.pimStatus,
    failure: context.failure,
    connectionFailure: context.connectionFailure,
    identityProblem: context.identityProblem,
    dependency: context.dependency,
    errorName: context.errorName,
  };
}

/** The call that keeps a function warm has failed. It is no request, so it has no outcome. */
export function keepWarmFailedLine(
  { stack, endpoint }: Pick<OutcomeRecord, 'stack' | 'endpoint'>,
  { dependency, errorName }: Pick<OutcomeContext, 'dependency' | 'errorName'>,
  at: number,
): string {
  const head = { at, level: 'ERROR', message: 'keep_warm_failed' } as const;
  return logLine(head, [], { Stack: stack, Endpoint: endpoint, dependency, errorName });
}

/** What an answer had to do without, and why. */
interface MissingFacts {
  readonly part: string;
  readonly language: string | undefined;
  readonly errorName: string;
  readonly frames: readonly string[];
}

/** An answer lacks a part. Its request has a line of its own, so this one has no outcome. */
export function missingPartLine(
  request: Pick<OutcomeRecord, 'stack' | 'endpoint' | 'requestId' | 'invocationId'>,
  { part, language, errorName, frames }: MissingFacts,
  at: number,
): string {
  const { stack, endpoint, requestId, invocationId } = request;
  return logLine({ at, level: 'ERROR', message: 'page_part_missing' }, [], {
    Stack: stack,
    Endpoint: endpoint,
    part,
    language,
    errorName,
    requestId,
    invocationId,
    frames,
  });
}

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
