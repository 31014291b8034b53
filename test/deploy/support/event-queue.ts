import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { EVENT_SOURCE } from '../../../functions/events/app-event.ts';
import type { AwsClients } from './aws-clients.ts';

/** An event as EventBridge delivers it. */
export interface DeliveredEvent {
  readonly 'detail-type': string;
  readonly source: string;
  readonly detail: Readonly<Record<string, unknown>> & { readonly pim: string };
}

/** Of the queue, and of its rule. */
const NAME = 'all-events';
/** How long an event may take from the table to the queue. */
const PATIENCE_MS = 30_000;
/** SQS holds a question open for so long when there is no message. */
const WAIT_SECONDS = 2;

/** A queue that gets every event of the stack, by a rule of its own: a consumer as an App may have one. */
export class EventQueue {
  /** The bodies of all messages so far, as they came. */
  readonly received: string[] = [];
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  private constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  /** Makes queue and rule, on the account's default bus. */
  static async open({ eventBridge, sqs }: AwsClients): Promise<EventQueue> {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: NAME }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    const EventPattern = JSON.stringify({ source: [EVENT_SOURCE] });
    await eventBridge.send(new PutRuleCommand({ Name: NAME, EventPattern }));
    const Targets = [{ Id: 'queue', Arn: Attributes?.QueueArn }];
    await eventBridge.send(new PutTargetsCommand({ Rule: NAME, Targets }));
    return new EventQueue(sqs, QueueUrl);
  }

  /**
   * The first event of that type about the PIM, as soon as it arrives.
   *
   * @throws {Error} when it has not arrived within half a minute.
   */
  async next(type: string, pim: string): Promise<DeliveredEvent> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = this.of(pim).find((event) => event['detail-type'] === type);
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`No "${type}" of ${pim} has arrived.`);
      await this.#receive();
    }
  }

  /** What has arrived about the PIM. */
  of(pim: string): readonly DeliveredEvent[] {
    return this.received
      .map((body) => JSON.parse(body) as DeliveredEvent)
      .filter(({ detail }) => detail.pim === pim);
  }

  async #receive(): Promise<void> {
    const QueueUrl = this.#queueUrl;
    const { Messages = [] } = await this.#client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: WAIT_SECONDS,
      }),
    );
    for (const { Body = '', ReceiptHandle } of Messages) {
      this.received.push(Body);
      await this.#client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}
