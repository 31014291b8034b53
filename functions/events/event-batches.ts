import type { AppEvent } from './app-event.ts';

/** PutEvents takes no more entries at once. */
export const MAX_ENTRIES = 10;

/** An event, and the record of the stream that it came from. */
export interface PendingEvent {
  readonly event: AppEvent;
  /** By which the stream is told where to go on from. */
  readonly sequenceNumber: string;
}

/**
 * Divides events into calls of PutEvents, keeping their order: at most ten to a call, and never two of one
 * connection. EventBridge may accept some entries of a call and refuse others; so a later event of a
 * connection is only sent once the earlier one was accepted.
 */
export function eventBatches(events: readonly PendingEvent[]): PendingEvent[][] {
  const batches: PendingEvent[][] = [];
  for (const pending of events) {
    const last = batches.at(-1);
    if (last && last.length < MAX_ENTRIES && !last.some((other) => isOfSame(other, pending)))
      last.push(pending);
    else batches.push([pending]);
  }
  return batches;
}

function isOfSame({ event: { detail: one } }: PendingEvent, { event }: PendingEvent): boolean {
  return one.pim === event.detail.pim && one.clientId === event.detail.clientId;
}
