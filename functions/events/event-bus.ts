import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { type AppEvent, EVENT_SOURCE } from './app-event.ts';

/** Where events are published. */
export interface EventBus {
  /**
   * Publishes at most ten events.
   *
   * @returns for each event, in the same order, why it was not accepted (a code of EventBridge or the name of the
   * error), or `undefined` if it was. Never throws for anything that EventBridge does.
   */
  publish(events: readonly AppEvent[]): Promise<readonly (string | undefined)[]>;
}

/** Publishes to a bus of EventBridge, given by name or ARN. */
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
      // It may have been accepted all the same; sent again, it has the same id.
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

/** An accepted entry has an id; an answer without the entry says nothing of it, so it counts as refused. */
function refusalOf(entry?: PutEventsResultEntry): string | undefined {
  return entry?.EventId === undefined ? (entry?.ErrorCode ?? 'NoAnswer') : undefined;
}
