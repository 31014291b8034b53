import { OUTCOMES, type OutcomeCode } from '../activation/outcomes/index.ts';
import type { Facts } from '../activation/result.ts';
import { METRICS_NAMESPACE } from './metrics.ts';

/** Everything about a request that may be told. */
export interface OutcomeRecord {
  readonly stack: string;
  readonly endpoint: 'activate' | 'callback';
  readonly code: OutcomeCode;
  readonly facts: Facts;
  /** The gateway's number for the request, as shown on the page. */
  readonly requestId: string;
  /** Lambda's number for the invocation. */
  readonly invocationId: string;
  readonly coldStart: boolean;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Where a defect happened: stack frames without the message, which might quote a value. */
  readonly frames?: readonly string[];
}

/**
 * One request, one line: the log entry and its metrics in one JSON object (CloudWatch's embedded metric
 * format), so that a metric can always be traced to its request.
 *
 * This is the only place that decides what is logged, and it decides by naming each field: an object that
 * gains a member tomorrow does not gain a place in the log.
 *
 * @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html Embedded metric format}
 */
export function outcomeLine(record: OutcomeRecord): string {
  return JSON.stringify({
    timestamp: new Date(record.startedAt).toISOString(),
    level: levelOf(record.code),
    message: record.code,
    ...metrics(record),
    ...factFields(record.facts),
    requestId: record.requestId,
    invocationId: record.invocationId,
    coldStart: record.coldStart,
    frames: record.frames,
  });
}

function levelOf(code: OutcomeCode): 'INFO' | 'WARN' | 'ERROR' {
  const { status, cause } = OUTCOMES[code];
  if (status < 400) return 'INFO';
  return cause ? 'ERROR' : 'WARN';
}

function factFields(facts: Facts): Record<string, unknown> {
  return {
    pim: facts.pim?.toString(),
    clientId: facts.clientId,
    attempt: facts.attempt,
    missingScopes: facts.missingScopes?.length ? facts.missingScopes : undefined,
    pimStatus: facts.pimStatus,
    disturbance: facts.disturbance,
    dependency: facts.dependency,
    errorName: facts.errorName,
  };
}

function metrics({ stack, endpoint, code, startedAt, durationMs }: OutcomeRecord): object {
  const { cause } = OUTCOMES[code];
  const directive = (dimension: string, Name: string, Unit: string) => ({
    Namespace: METRICS_NAMESPACE,
    Dimensions: [['Stack', dimension]],
    Metrics: [{ Name, Unit }],
  });
  return {
    _aws: {
      Timestamp: startedAt,
      CloudWatchMetrics: [
        directive('Outcome', 'Requests', 'Count'),
        ...(cause ? [directive('Cause', 'Requests', 'Count')] : []),
        directive('Endpoint', 'Duration', 'Milliseconds'),
      ],
    },
    Stack: stack,
    Outcome: code,
    Cause: cause,
    Endpoint: endpoint,
    Requests: 1,
    Duration: durationMs,
  };
}
