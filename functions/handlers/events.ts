import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { EVENTS_VARIABLES, readEnvironment } from '../environment.ts';
import { EventBridgeBus } from '../events/publish.ts';
import { streamConsumer } from '../events/stream-consumer.ts';
import { UndeliveredQueue } from '../events/undelivered.ts';
import { CLIENT_CONFIG, withoutLog } from '../store/clients.ts';
import { writeLine } from '../telemetry/log.ts';

const env = readEnvironment(process.env, EVENTS_VARIABLES);

/** The Lambda function that turns changes of connections into events. */
export const handler = streamConsumer({
  stack: env.STACK_NAME,
  bus: new EventBridgeBus(withoutLog(new EventBridgeClient(CLIENT_CONFIG)), env.EVENT_BUS),
  undelivered: new UndeliveredQueue(
    withoutLog(new SQSClient(CLIENT_CONFIG)),
    env.UNDELIVERED_QUEUE,
  ),
  now: Date.now,
  log: writeLine,
});
