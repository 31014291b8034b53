import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EventType } from './app-event.ts';

/** An event that EventBridge will never take. Nothing in it comes from a row but its key. */
export interface UndeliveredEvent {
  readonly reason: string;
  readonly type: EventType;
  readonly pim: string;
  readonly clientId: string;
  /** Of the record in the stream, which has the change for a day. */
  readonly sequenceNumber: string;
}

/** Where operators find what was given up. */
export interface UndeliveredEvents {
  /** @returns the name of the error when the event could not be put there. Never throws for anything that SQS does. */
  report(event: UndeliveredEvent): Promise<string | undefined>;
}

/** The queue to which Lambda, too, reports what it gives up. */
export class UndeliveredQueue implements UndeliveredEvents {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  async report(event: UndeliveredEvent): Promise<string | undefined> {
    const MessageBody = JSON.stringify(event);
    const command = new SendMessageCommand({ QueueUrl: this.#queueUrl, MessageBody });
    try {
      await this.#client.send(command);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.name : 'unknown';
    }
  }
}
