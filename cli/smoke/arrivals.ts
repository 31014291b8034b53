import type { CloudWatchClient, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EventType } from '../../functions/events/app-event.ts';
import { parseJsonObject } from '../../functions/pim/send.ts';
import { LIVE_ALIAS } from '../../functions/stack-outputs.ts';
import {
  type Dimension,
  DURATION,
  EVENT_METRICS,
  HEALTH_METRICS,
  METRICS_NAMESPACE,
  REQUESTS,
} from '../../functions/telemetry/metrics.ts';
import { connectionOf } from './activation.ts';
import { resourceAt, type StackResources, type Subject, until } from './subject.ts';

/** The name of the function; `undefined` when it is switched off. */
export function healthFunction(resources: StackResources): string | undefined {
  return resourceAt('HealthFunction', resources);
}

/** A sweep over the few connections of a development stage, with a cold start and PIMs that do not answer. */
const CHECKED_WITHIN_MS = 60_000;

/** Lets the health check look at every connection, as its schedule does, and waits for what it records. */
export async function healthChecked(subject: Subject): Promise<void> {
  const { session, listed, resources } = subject;
  const FunctionName = healthFunction(resources);
  const Payload = JSON.stringify({ time: new Date(session.now()).toISOString() });
  const served = { FunctionName, Qualifier: LIVE_ALIAS };
  const asItsSchedule = { ...served, InvocationType: 'Event', Payload } as const;
  await session.clients.lambda.send(new InvokeCommand(asItsSchedule));
  await until('the health check recorded nothing', CHECKED_WITHIN_MS, subject, async () => {
    const { health } = await connectionOf(listed, session);
    return health === 'connected';
  });
}

/** From the row to the queue: the stream, a cold function, the bus. */
const TOLD_WITHIN_MS = 60_000;
/** SQS holds a question open for so long when there is no message. */
const WAIT_SECONDS = 2;
/** Both clocks are AWS's, but an event has whole seconds. */
const CLOCKS_DIFFER_MS = 5_000;

/** Waits for the two events of the connection: that it was made, and that the App was opened. */
export async function eventsArrived(subject: Subject, sqs: SQSClient): Promise<void> {
  const { firstConnectedAt } = await connectionOf(subject.listed, subject.session);
  const missing = new Set<unknown>(['App Connected', 'App Opened'] satisfies EventType[]);
  await until('the events did not arrive', TOLD_WITHIN_MS, subject, async () => {
    for (const event of await received(subject.eventsQueue, sqs))
      if (event.at >= firstConnectedAt - CLOCKS_DIFFER_MS) missing.delete(event.type);
    return missing.size === 0;
  });
}

interface Told {
  readonly type: unknown;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The next events in the queue, which are gone from it then. */
async function received(QueueUrl: string, sqs: SQSClient): Promise<readonly Told[]> {
  const input = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: WAIT_SECONDS };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
  for (const { ReceiptHandle } of Messages)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.map(({ Body = '' }) => {
    const { time, 'detail-type': type } = parseJsonObject(Body);
    return { type, at: Date.parse(String(time)) };
  });
}

/** CloudWatch makes a metric of a log line within a minute or two. */
const COUNTED_WITHIN_MS = 300_000;

/** Waits until the metrics that the functions write into their logs are in CloudWatch. */
export async function metricsArrived(
  subject: Subject,
  startedAt: number,
  cloudWatch: CloudWatchClient,
): Promise<void> {
  const queries = metricQueries(subject);
  await until('the metrics did not arrive', COUNTED_WITHIN_MS, subject, async () => {
    const { MetricDataResults = [] } = await cloudWatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: [...queries],
        StartTime: new Date(startedAt - MINUTE_MS),
        EndTime: new Date(subject.session.now() + MINUTE_MS),
      }),
    );
    return queries.every(({ Id }) =>
      MetricDataResults.some((result) => result.Id === Id && (result.Values ?? []).length > 0),
    );
  });
}

const MINUTE_MS = 60_000;

/** One metric of each function that ran. */
function metricQueries({ session, resources }: Subject): readonly MetricDataQuery[] {
  const { name: Stack } = session.stack;
  const ofHealth = query('health', HEALTH_METRICS.connections, { Stack, Health: 'connected' });
  return [
    query('requests', REQUESTS, { Stack, Outcome: 'connected' }),
    query('duration', DURATION, { Stack, Endpoint: 'activate' }),
    query('events', EVENT_METRICS.published, { Stack }),
    ...(healthFunction(resources) ? [ofHealth] : []),
  ];
}

function query(
  Id: string,
  MetricName: string,
  dimensions: Readonly<Partial<Record<Dimension, string>>>,
): MetricDataQuery {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: METRICS_NAMESPACE, MetricName, Dimensions };
  return { Id, MetricStat: { Metric, Period: 60, Stat: 'SampleCount' } };
}
