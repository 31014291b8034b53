import { Duration, Stack } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { EVENT_METRICS } from '../../functions/telemetry/metrics.ts';
import { ExplainedAlarm } from '../monitoring/explained-alarm.ts';
import { counted } from '../monitoring/metrics.ts';

const PERIOD = Duration.minutes(5);
/** One or two retries are normal. After ten minutes somebody has to look; the stream keeps records for a day. */
const LATE_MS = Duration.minutes(10).toMilliseconds();

/** What the alarms look at. */
export interface EventAlarmsProps {
  readonly function: IFunction;
  readonly undelivered: IQueue;
}

/** Alarms for events that are late, given up, or cannot be made. */
export function eventAlarms(
  scope: Construct,
  { function: publisher, undelivered }: EventAlarmsProps,
): ExplainedAlarm[] {
  return [late(scope, publisher), givenUp(scope, undelivered), unreadable(scope)];
}

function late(scope: Construct, publisher: IFunction): ExplainedAlarm {
  return new ExplainedAlarm(scope, 'events-late', {
    metric: publisher.metric('IteratorAge', { statistic: 'Maximum', period: PERIOD }),
    threshold: LATE_MS,
    explanation: {
      what: 'Changes of connections have been waiting for ten minutes or longer to be told as events.',
      why: 'Other services do not learn who has connected or disconnected. After 20 hours the oldest are given up.',
      firstStep:
        'Read the publisher’s log: refusals in events_refused says why the bus refuses. No line at all: the function crashes or is throttled.',
      runbook: ['events-late'],
    },
  });
}

function givenUp(scope: Construct, undelivered: IQueue): ExplainedAlarm {
  return new ExplainedAlarm(scope, 'events-given-up', {
    metric: waitingMessages(undelivered),
    threshold: 1,
    explanation: {
      what: 'Changes of connections were given up after 20 hours; the queue of undelivered events names them.',
      why: 'Services that rely on the events do not know of them.',
      firstStep:
        'Read the message: it names a shard and sequence numbers, which the stream has for 24 hours. Then compare: npm run app -- connections list. The alarm stays on until the queue is empty: aws sqs purge-queue --queue-url <output UndeliveredEventsQueue>',
      runbook: ['events-given-up'],
    },
  });
}

function unreadable(scope: Construct): ExplainedAlarm {
  return new ExplainedAlarm(scope, 'events-unreadable', {
    metric: counted(EVENT_METRICS.unreadable, Stack.of(scope).stackName, PERIOD),
    threshold: 1,
    explanation: {
      what: 'A row of the table of connections was changed so that no event could be made of it.',
      why: 'It was skipped, so that the events of other PIMs did not have to wait for it.',
      firstStep:
        'Find the line in the publisher’s log (level ERROR): problems names the attribute. Rows are not to be changed by hand; let a user of that PIM open the App once.',
      runbook: ['events-unreadable'],
    },
  });
}

function waitingMessages(undelivered: IQueue): IMetric {
  return undelivered.metricApproximateNumberOfMessagesVisible({
    statistic: 'Maximum',
    period: PERIOD,
  });
}
