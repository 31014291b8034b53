import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Clock } from '../activation/ports.ts';
import type { EventType } from './app-event.ts';
import { eventBatches, type PendingEvent } from './event-batches.ts';
import type { EventBus } from './event-bus.ts';
import { publicationLine } from './publication-line.ts';
import { readRecords } from './read-records.ts';

/** The stream's Lambda function; two arguments, as Node 24 allows no others. */
export type StreamHandler = (
  event: DynamoDBStreamEvent,
  context: Pick<Context, 'awsRequestId'>,
) => Promise<DynamoDBBatchResponse>;

/** What the consumer works with. */
export interface StreamConsumerDeps {
  readonly bus: EventBus;
  /** Name of the stack, a dimension of the metrics. */
  readonly stack: string;
  readonly now: Clock;
  /** Takes one line of the log, without its line end. */
  readonly log: (line: string) => void;
}

/**
 * Publishes what the records of a batch mean. It ends at the first call that is not accepted whole and answers with the
 * first record that is not told; Lambda brings that one and all after it again. Nothing is remembered
 * between two batches, so a function that dies at any moment loses nothing: what it has not told comes again, and what
 * it has told comes again with the same id.
 *
 * A record that cannot be read is skipped with an error in the log and a metric: no retry can mend it, and
 * waiting for it would hold up the events of other PIMs.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html Partial batch responses}
 */
export function streamConsumer(deps: StreamConsumerDeps): StreamHandler {
  return async ({ Records }, { awsRequestId: invocationId }) => {
    const { pending, unreadable } = readRecords(Records);
    const { published, refused } = await publish(pending, deps.bus);
    const refusals = refused.map(({ refusal }) => refusal);
    if (published.length + refusals.length + unreadable.length > 0) {
      const context = { stack: deps.stack, invocationId, at: deps.now(), records: Records.length };
      deps.log(publicationLine({ ...context, published, refusals, unreadable }));
    }
    const [first] = refused;
    return { batchItemFailures: first ? [{ itemIdentifier: first.sequenceNumber }] : [] };
  };
}

interface Published {
  readonly published: readonly EventType[];
  /** Empty, or those of one call, in the order of the stream. */
  readonly refused: readonly { readonly sequenceNumber: string; readonly refusal: string }[];
}

async function publish(pending: readonly PendingEvent[], bus: EventBus): Promise<Published> {
  const published: EventType[] = [];
  for (const batch of eventBatches(pending)) {
    const refusals = await bus.publish(batch.map(({ event }) => event));
    const refused = batch.flatMap(({ event, sequenceNumber }, index) => {
      const refusal = refusals[index];
      if (refusal === undefined) published.push(event.type);
      return refusal === undefined ? [] : [{ sequenceNumber, refusal }];
    });
    if (refused.length > 0) return { published, refused };
  }
  return { published, refused: [] };
}
