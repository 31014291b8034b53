import type {
  Context,
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
} from 'aws-lambda';
import type { Clock } from '../activation/ports.ts';
import { isMalformed } from '../pim/malformed.ts';
import { type Level, logLine, type MetricSet } from '../telemetry/log.ts';
import { EVENT_METRICS } from '../telemetry/metrics.ts';
import { EVENT_TYPES, type EventType } from './app-event.ts';
import { eventsOf } from './events-of.ts';
import { type Destinations, type PendingEvent, publish } from './publish.ts';
import { readStreamRecord } from './stream-record.ts';
import type { UndeliveredEvent } from './undelivered.ts';

/** The stream's Lambda function; two arguments, as Node 24 allows no others. */
export type StreamHandler = (
  event: DynamoDBStreamEvent,
  context: Pick<Context, 'awsRequestId'>,
) => Promise<DynamoDBBatchResponse>;

/** What the consumer works with. */
export interface StreamConsumerDeps extends Destinations {
  /** Name of the stack, a dimension of the metrics. */
  readonly stack: string;
  readonly now: Clock;
  /** Takes one line of the log, without its line end. */
  readonly log: (line: string) => void;
}

/**
 * Publishes the events of a batch of the stream. It stops at the first call of which an event was refused, and names
 * the record of that event; Lambda delivers that record and all after it again. The function keeps no state between two
 * batches, so it loses nothing when it dies: what it has not published is delivered again, and what it has published
 * is published again with the same id.
 *
 * An event that can never be sent is reported to the queue of undelivered events, by its PIM and client ID, with an
 * error in the log. A malformed record is skipped, with an error in the log and a metric: no retry can repair it, and waiting for it
 * would hold up the events of other PIMs.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html Partial batch responses}
 */
export function streamConsumer(deps: StreamConsumerDeps): StreamHandler {
  return async ({ Records }, { awsRequestId: invocationId }) => {
    const { pending, malformed } = readRecords(Records);
    const { accepted, givenUp, refused } = await publish(pending, deps);
    if (accepted.length + givenUp.length + refused.length + malformed.length > 0) {
      const context = { stack: deps.stack, invocationId, at: deps.now(), records: Records.length };
      const published = accepted.map(({ type }) => type);
      const refusals = refused.map(({ reason }) => reason);
      deps.log(publicationLine({ ...context, published, givenUp, refusals, malformed }));
    }
    const [first] = refused;
    return { batchItemFailures: first ? [{ itemIdentifier: first.sequenceNumber }] : [] };
  };
}

/** The events of the records, in the order of the stream, and what is wrong with each malformed record. */
function readRecords(records: readonly DynamoDBRecord[]) {
  const pending: PendingEvent[] = [];
  const malformed: string[] = [];
  for (const record of records) {
    const change = readStreamRecord(record);
    if (isMalformed(change)) malformed.push(change.problem);
    else {
      const sequenceNumber = record.dynamodb?.SequenceNumber ?? '';
      pending.push(...eventsOf(change).map((event) => ({ event, sequenceNumber })));
    }
  }
  return { pending, malformed };
}

/** What became of a batch of the stream. */
export interface Publication {
  readonly stack: string;
  /** Lambda's ID of the invocation. */
  readonly invocationId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Records of the stream in the batch. */
  readonly records: number;
  /** The types of the events that the bus has accepted. */
  readonly published: readonly EventType[];
  /** The events that can never be sent. */
  readonly givenUp: readonly UndeliveredEvent[];
  /** Why the bus refused the others of the call at which the batch ended. */
  readonly refusals: readonly string[];
  /** For each malformed record, which part of it is missing or not usable; never a value. */
  readonly malformed: readonly string[];
}

/**
 * The one line of a batch: the log entry and its metrics. It names each field that it lets into the log, and none of
 * them comes from a row except the name of an attribute, and the PIM and client ID of an event that was given up.
 */
export function publicationLine(publication: Publication): string {
  const { at, givenUp, refusals, malformed } = publication;
  const message = refusals.length > 0 ? 'events_refused' : 'events_published';
  return logLine({ at, level: levelOf(publication), message }, [METRICS], {
    Stack: publication.stack,
    ...counts(publication),
    records: publication.records,
    refusals: [...new Set(refusals)],
    ...(givenUp.length > 0 && {
      givenUp: givenUp.map(({ reason, type, pim, clientId }) => ({ reason, type, pim, clientId })),
    }),
    problems: [...new Set(malformed)],
    invocationId: publication.invocationId,
  });
}

const METRICS: MetricSet = {
  dimensions: ['Stack'],
  metrics: Object.fromEntries(Object.values(EVENT_METRICS).map((name) => [name, 'Count'])),
};

/** The metrics, then the published events by their types. */
function counts({ published, refusals, malformed }: Publication): Record<string, number> {
  const ofType = (type: EventType) => published.filter((one) => one === type).length;
  return {
    [EVENT_METRICS.published]: published.length,
    [EVENT_METRICS.refused]: refusals.length,
    [EVENT_METRICS.malformed]: malformed.length,
    ...Object.fromEntries(EVENT_TYPES.map((type) => [type, ofType(type)])),
  };
}

function levelOf({ givenUp, refusals, malformed }: Publication): Level {
  if (malformed.length + givenUp.length > 0) return 'ERROR';
  return refusals.length > 0 ? 'WARN' : 'INFO';
}
