import { type Cause, OUTCOMES, type OutcomeCode } from '../activation/outcomes.ts';
import type { OutcomeContext } from '../activation/result.ts';
import { type Level, logLine, type MetricSet } from './log-line.ts';
import { type Dimension, DURATION, REQUESTS } from './metrics.ts';

/** Everything that the log may hold of a request. */
export interface OutcomeRecord {
  readonly stack: string;
  readonly endpoint: 'activate' | 'callback';
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
    dependency: context.dependency,
    errorName: context.errorName,
  };
}
