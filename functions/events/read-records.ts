import type { DynamoDBRecord } from 'aws-lambda';
import type { PendingEvent } from './event-batches.ts';
import { eventsOf } from './events-of.ts';
import { streamChange } from './stream-change.ts';

/** What the records of a batch have to tell. */
export interface ReadRecords {
  /** In the order of the stream. */
  readonly pending: readonly PendingEvent[];
  /** For each record that cannot be read, what is wrong with it: the name of an attribute, never its value. */
  readonly unreadable: readonly string[];
}

/** Turns the records of a batch into events. Never throws: an unreadable one is told beside the others. */
export function readRecords(records: readonly DynamoDBRecord[]): ReadRecords {
  const read = records.map(readRecord);
  return {
    pending: read.flatMap(({ pending }) => pending),
    unreadable: read.flatMap(({ unreadable }) => unreadable),
  };
}

function readRecord(record: DynamoDBRecord): ReadRecords {
  try {
    const sequenceNumber = record.dynamodb?.SequenceNumber ?? '';
    const events = eventsOf(streamChange(record));
    return { pending: events.map((event) => ({ event, sequenceNumber })), unreadable: [] };
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    return { pending: [], unreadable: [error.message] };
  }
}
