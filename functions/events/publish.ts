import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { type AppEvent, EVENT_SOURCE } from './app-event.ts';

/** PutEvents takes no more entries at once. */
export const MAX_ENTRIES = 10;

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
  /** Empty, or the refused events of one call, in the order of the stream. */
  readonly refused: readonly (PendingEvent & { readonly reason: string })[];
}

/** Publishes events in order, and stops after the first call of which an event was refused. */
export async function publish(pending: readonly PendingEvent[], bus: EventBus): Promise<Published> {
  const accepted: AppEvent[] = [];
  for (const batch of eventBatches(pending)) {
    const refusals = await bus.publish(batch.map(({ event }) => event));
    const refused = batch.flatMap((one, index) => {
      const reason = refusals[index];
      if (reason === undefined) accepted.push(one.event);
      return reason === undefined ? [] : [{ ...one, reason }];
    });
    if (refused.length > 0) return { accepted, refused };
  }
  return { accepted, refused: [] };
}

/**
 * Divides events into calls of PutEvents, in order: at most ten to a call, and never two of one connection.
 * EventBridge may accept some entries of a call and refuse others, so a later event of a connection is only sent once
 * the earlier one was accepted.
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
