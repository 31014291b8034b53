import { Duration, Stack } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { HEALTH_METRICS } from '../../functions/telemetry/metrics.ts';
import { ExplainedAlarm } from '../monitoring/explained-alarm.ts';
import { counted } from '../monitoring/metrics.ts';

/** CloudWatch looks back at most a day. */
const LONGEST_PERIOD_MINUTES = 24 * 60;

/**
 * Alarms of the sweep. That a connection has died is none: a PIM user who disconnects the App does nothing wrong, and an
 * event tells it (`docs/events.md`).
 */
export function healthAlarms(
  scope: Construct,
  sweep: IFunction,
  every: Duration,
): ExplainedAlarm[] {
  return [givenUp(scope, sweep), failed(scope, every)];
}

function givenUp(scope: Construct, sweep: IFunction): ExplainedAlarm {
  return new ExplainedAlarm(scope, 'health-sweep-given-up', {
    metric: droppedEvents(sweep),
    threshold: 1,
    explanation: {
      what: 'A sweep over the connected PIMs did not come to its end in three attempts.',
      why: 'Dead tokens are noticed later: only some connections, or none, were visited.',
      firstStep:
        'Read the last lines of the sweep’s log. SweepUnfinishedError: too many PIMs did not answer within five seconds; ServiceError: DynamoDB refused (field dependency).',
      runbook: ['health-sweep-given-up'],
    },
  });
}

function failed(scope: Construct, every: Duration): ExplainedAlarm {
  return new ExplainedAlarm(scope, 'health-visits-failed', {
    metric: failedVisits(Stack.of(scope).stackName, every),
    threshold: 1,
    explanation: {
      what: 'Connections could not be visited for a reason of ours: a token did not decrypt, a row was changed by hand, or KMS or DynamoDB refused.',
      why: 'A token that does not decrypt here does not decrypt for a back end either.',
      firstStep:
        'Find visit_failed in the log: problem says which. If it names an attribute, or the token key was replaced, let a user of that PIM open the App once. If the token is damaged, disconnect the App in that PIM and connect it again.',
      runbook: ['health-visits-failed'],
    },
  });
}

/** Of events that Lambda has dropped after its last attempt. */
function droppedEvents(sweep: IFunction): IMetric {
  return sweep.metric('AsyncEventsDropped', {
    statistic: 'Sum',
    period: Duration.minutes(5),
  });
}

/** Over a whole round, so that the alarm stays on until a round goes well. */
function failedVisits(stack: string, every: Duration): IMetric {
  const period = Duration.minutes(Math.min(every.toMinutes(), LONGEST_PERIOD_MINUTES));
  return counted(HEALTH_METRICS.failedVisits, stack, period);
}
