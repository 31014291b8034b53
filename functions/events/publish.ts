import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { type AppEvent, EVENT_SOURCE } from './app-event.ts';
import type { UndeliveredEvent, UndeliveredEvents } from './undelivered.ts';

/** PutEvents takes no more entries at once. */
export const MAX_ENTRIES = 10;

/**
 * More is not put into one call, in bytes. PutEvents takes less than 256 KB, all entries together; the events themselves
 * are larger than their entries by some hundred bytes.
 *
 * @see {@link https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html Size of an entry}
 */
export const MAX_CALL_BYTES = 240_000;

/** Why an event is not even sent. */
const TOO_LARGE = 'EventTooLarge';

/** What no retry can change: the event itself is at fault. */
const FINAL_REASONS: readonly string[] = [TOO_LARGE, 'MalformedDetail'];

/** Where events are published. */
export interface EventBus {
  /**
   * Publishes at most {@link MAX_ENTRIES} events.
   *
   * @returns for each event, in the same order, why it was not accepted (a code of EventBridge or the name of the
   * error), or `undefined` if it was. Never throws for anything that EventBridge does.
   */
  publish(events: readonly AppEvent[]): Promise<readonly (string | undefined)[]>;
}

/** An event, and the record of the stream that it came from. */
export interface PendingEvent {
  readonly event: AppEvent;
  /** Tells the stream where to resume. */
  readonly sequenceNumber: string;
}

/** What became of some events. */
export interface Published {
  readonly accepted: readonly AppEvent[];
  /** Those that can never be sent; they were reported as such. */
  readonly givenUp: readonly UndeliveredEvent[];
  /** Empty, or the refused events of one call, in the order of the stream. */
  readonly refused: readonly RefusedEvent[];
}

interface RefusedEvent extends PendingEvent {
  readonly reason: string;
}

/** Where events go. */
export interface Destinations {
  readonly bus: EventBus;
  readonly undelivered: UndeliveredEvents;
}

/**
 * Publishes events in order, and stops after the first call of which an event was refused. An event that can never be
 * sent is reported in its turn, and stops nothing: the events of other connections must not wait for it.
 */
export async function publish(
  pending: readonly PendingEvent[],
  { bus, undelivered }: Destinations,
): Promise<Published> {
  const accepted: AppEvent[] = [];
  const givenUp: UndeliveredEvent[] = [];
  for (const batch of eventBatches(pending)) {
    const reasons = isTooLarge(batch)
      ? batch.map(() => TOO_LARGE)
      : await bus.publish(batch.map(({ event }) => event));
    const refused: RefusedEvent[] = [];
    for (const [index, one] of batch.entries()) {
      const reason = reasons[index];
      if (reason === undefined) accepted.push(one.event);
      else if (!FINAL_REASONS.includes(reason)) refused.push({ ...one, reason });
      else {
        const event = undeliveredEvent(one, reason);
        const failure = await undelivered.report(event);
        if (failure === undefined) givenUp.push(event);
        else refused.push({ ...one, reason: failure });
      }
    }
    if (refused.length > 0) return { accepted, givenUp, refused };
  }
  return { accepted, givenUp, refused: [] };
}

function undeliveredEvent({ event, sequenceNumber }: PendingEvent, reason: string) {
  const { pim, clientId } = event.detail;
  return { reason, type: event.type, pim, clientId, sequenceNumber };
}

/**
 * Divides events into calls of PutEvents, in order: at most ten and {@link MAX_CALL_BYTES} to a call, and never two of
 * one connection. EventBridge may accept some entries of a call and refuse others, so a later event of a connection is
 * only sent once the earlier one was accepted. An event that is too large for a call is alone in it.
 */
export function eventBatches(events: readonly PendingEvent[]): PendingEvent[][] {
  const batches: PendingEvent[][] = [];
  for (const pending of events) {
    const last = batches.at(-1);
    if (last && fits(pending, last)) last.push(pending);
    else batches.push([pending]);
  }
  return batches;
}

function fits(pending: PendingEvent, batch: readonly PendingEvent[]): boolean {
  if (batch.length >= MAX_ENTRIES || isTooLarge([...batch, pending])) return false;
  return !batch.some((other) => isOfSame(other, pending));
}

function isTooLarge(batch: readonly PendingEvent[]): boolean {
  return batch.reduce((bytes, { event }) => bytes + entryBytes(event), 0) > MAX_CALL_BYTES;
}

/** As EventBridge counts: 14 bytes for the time, then all texts in UTF-8. */
function entryBytes({ type, detail }: AppEvent): number {
  return 14 + Buffer.byteLength(`${EVENT_SOURCE}${type}${JSON.stringify(detail)}`);
}

function isOfSame({ event: { detail: one } }: PendingEvent, { event }: PendingEvent): boolean {
  return one.pim === event.detail.pim && one.clientId === event.detail.clientId;
}

/** A bus of EventBridge, given by name or ARN. */
export class EventBridgeBus implements EventBus {
  readonly #client: EventBridgeClient;
  readonly #busName: string;

  constructor(client: EventBridgeClient, busName: string) {
    this.#client = client;
    this.#busName = busName;
  }

  async publish(events: readonly AppEvent[]): Promise<readonly (string | undefined)[]> {
    const command = new PutEventsCommand({ Entries: events.map((event) => this.#entry(event)) });
    try {
      const { Entries = [] } = await this.#client.send(command);
      return events.map((_, index) => refusalOf(Entries[index]));
    } catch (error) {
      // EventBridge may have accepted them all the same; sent again, they have the same ids.
      const name = error instanceof Error ? error.name : 'unknown';
      return events.map(() => name);
    }
  }

  #entry({ type, detail }: AppEvent): PutEventsRequestEntry {
    return {
      EventBusName: this.#busName,
      Source: EVENT_SOURCE,
      DetailType: type,
      Detail: JSON.stringify(detail),
      Time: new Date(detail.at),
    };
  }
}

/** An accepted entry has an id. An answer without the entry says nothing of it, so it counts as refused. */
function refusalOf(entry?: PutEventsResultEntry): string | undefined {
  return entry?.EventId === undefined ? (entry?.ErrorCode ?? 'NoAnswer') : undefined;
}
