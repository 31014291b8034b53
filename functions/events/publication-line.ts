import { type Level, logLine, type MetricSet } from '../telemetry/log-line.ts';
import { EVENT_METRICS } from '../telemetry/metrics.ts';
import { EVENT_TYPES, type EventType } from './app-event.ts';

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
 */
export function publicationLine(publication: Publication): string {
  const { at, refusals, unreadable } = publication;
  const message = refusals.length > 0 ? 'events_refused' : 'events_published';
  return logLine({ at, level: levelOf(publication), message }, [METRICS], {
    Stack: publication.stack,
    ...counts(publication),
    records: publication.records,
    refusals: [...new Set(refusals)],
    problems: [...new Set(unreadable)],
    invocationId: publication.invocationId,
  });
}

const METRICS: MetricSet = {
  dimensions: ['Stack'],
  metrics: Object.fromEntries(Object.values(EVENT_METRICS).map((name) => [name, 'Count'])),
};

/** The metrics, then the published events by their types. */
function counts({ published, refusals, unreadable }: Publication): Record<string, number> {
  const ofType = (type: EventType) => published.filter((one) => one === type).length;
  return {
    [EVENT_METRICS.published]: published.length,
    [EVENT_METRICS.refused]: refusals.length,
    [EVENT_METRICS.unreadable]: unreadable.length,
    ...Object.fromEntries(EVENT_TYPES.map((type) => [type, ofType(type)])),
  };
}

function levelOf({ refusals, unreadable }: Publication): Level {
  if (unreadable.length > 0) return 'ERROR';
  return refusals.length > 0 ? 'WARN' : 'INFO';
}
