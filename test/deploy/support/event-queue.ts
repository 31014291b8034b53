import { EVENT_SOURCE } from '../../../functions/events/app-event.ts';
import { awsCall } from './aws-call.ts';

/** An event as EventBridge delivers it. */
export interface DeliveredEvent {
  readonly 'detail-type': string;
  readonly source: string;
  readonly detail: Readonly<Record<string, unknown>> & { readonly pim: string };
}

/** How long an event may take from the table to the queue. */
const PATIENCE_MS = 30_000;
/** SQS holds a question open for so long when there is no message. */
const WAIT_SECONDS = 2;

/** A queue that gets every event of the stack, by a rule of its own: a consumer as an App may have one. */
export class EventQueue {
  /** The bodies of all messages so far, as they came. */
  readonly received: string[] = [];
  readonly #endpoint: string;
  readonly #queueUrl: string;

  private constructor(endpoint: string, queueUrl: string) {
    this.#endpoint = endpoint;
    this.#queueUrl = queueUrl;
  }

  /** Makes queue and rule, on the account's default bus. */
  static async open(endpoint: string): Promise<EventQueue> {
    const { QueueUrl } = await sqs<{ QueueUrl: string }>(endpoint, 'CreateQueue', {
      QueueName: 'all-events',
    });
    const { Attributes } = await sqs<{ Attributes: { QueueArn: string } }>(
      endpoint,
      'GetQueueAttributes',
      { QueueUrl, AttributeNames: ['QueueArn'] },
    );
    const EventPattern = JSON.stringify({ source: [EVENT_SOURCE] });
    await events(endpoint, 'PutRule', { Name: 'all-events', EventPattern });
    const Targets = [{ Id: 'queue', Arn: Attributes.QueueArn }];
    await events(endpoint, 'PutTargets', { Rule: 'all-events', Targets });
    return new EventQueue(endpoint, QueueUrl);
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
    const question = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: WAIT_SECONDS };
    const { Messages = [] } = await sqs<{
      Messages?: readonly { readonly Body: string; readonly ReceiptHandle: string }[];
    }>(this.#endpoint, 'ReceiveMessage', question);
    for (const { Body, ReceiptHandle } of Messages) {
      this.received.push(Body);
      await sqs(this.#endpoint, 'DeleteMessage', { QueueUrl, ReceiptHandle });
    }
  }
}

function sqs<Answer>(endpoint: string, action: string, input: object): Promise<Answer> {
  return awsCall(endpoint, { service: 'sqs', target: `AmazonSQS.${action}` }, input);
}

function events<Answer>(endpoint: string, action: string, input: object): Promise<Answer> {
  return awsCall(endpoint, { service: 'events', target: `AWSEvents.${action}` }, input);
}
