import { METRICS_NAMESPACE } from '../telemetry/metrics.ts';
import { EVENT_TYPES, type EventType } from './app-event.ts';

/** How the metrics are called; their dimension is `Stack`. */
export const EVENT_METRICS = {
  published: 'PublishedEvents',
  refused: 'RefusedEvents',
  unreadable: 'UnreadableRecords',
} as const;

/** What became of a batch of the stream. */
export interface Publication {
  readonly stack: string;
  /** Lambda's number for the invocation. */
  readonly invocationId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Records of the stream in the batch. */
  readonly records: number;
  /** Of the events that the bus has accepted. */
  readonly published: readonly EventType[];
  /** Why the bus refused the others of the call at which the batch ended. */
  readonly refusals: readonly string[];
  /** Which part of each unreadable record is missing or not usable. */
  readonly unreadable: readonly string[];
}

/**
 * The one line of a batch: the log entry and its metrics. It names each field that it lets into the log, and none of
 * them comes from a row except the name of an attribute.
 *
 * @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html Embedded metric format}
 */
export function publicationLine(publication: Publication): string {
  const { stack, at, published, refusals, unreadable } = publication;
  const count = (type: EventType) => published.filter((one) => one === type).length;
  return JSON.stringify({
    timestamp: new Date(at).toISOString(),
    level: levelOf(publication),
    message: refusals.length > 0 ? 'events_refused' : 'events_published',
    _aws: { Timestamp: at, CloudWatchMetrics: [DIRECTIVE] },
    Stack: stack,
    [EVENT_METRICS.published]: published.length,
    [EVENT_METRICS.refused]: refusals.length,
    [EVENT_METRICS.unreadable]: unreadable.length,
    records: publication.records,
    ...Object.fromEntries(EVENT_TYPES.map((type) => [type, count(type)])),
    refusals: [...new Set(refusals)],
    problems: [...new Set(unreadable)],
    invocationId: publication.invocationId,
  });
}

const DIRECTIVE = {
  Namespace: METRICS_NAMESPACE,
  Dimensions: [['Stack']],
  Metrics: Object.values(EVENT_METRICS).map((Name) => ({ Name, Unit: 'Count' })),
};

function levelOf({ refusals, unreadable }: Publication): 'INFO' | 'WARN' | 'ERROR' {
  if (unreadable.length > 0) return 'ERROR';
  return refusals.length > 0 ? 'WARN' : 'INFO';
}
