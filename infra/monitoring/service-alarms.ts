import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { ActivationApi } from '../api/activation-api.ts';
import type { HandlerFunction } from '../compute/handler-function.ts';
import { type AlarmExplanation, ExplainedAlarm } from './explained-alarm.ts';
import { slowCallbacks, throttledRequests } from './metrics.ts';

/** What the alarms look at. */
export interface ServiceAlarmsProps {
  readonly stack: string;
  readonly activate: HandlerFunction;
  readonly callback: HandlerFunction;
  readonly api: ActivationApi;
}

interface ServiceAlarm {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly explanation: AlarmExplanation;
}

/** Alarms for requests that never reach an outcome, because no handler could report one. */
export function serviceAlarms(scope: Construct, props: ServiceAlarmsProps): ExplainedAlarm[] {
  const alarms: Record<string, ServiceAlarm> = {
    'activate-crashes': crashes('activate', props.activate),
    'callback-crashes': crashes('callback', props.callback),
    'activate-throttles': throttles('activate', props.activate),
    'callback-throttles': throttles('callback', props.callback),
    'api-server-errors': serverErrors(props.api),
    'api-throttled-requests': refusedRequests(props.stack),
    'callback-slow': tooSlow(props.stack),
  };
  return Object.entries(alarms).map(([id, alarm]) => new ExplainedAlarm(scope, id, alarm));
}

function crashes(endpoint: string, { function: lambda }: HandlerFunction): ServiceAlarm {
  return {
    metric: lambda.metricErrors({ period: Duration.minutes(5) }),
    threshold: 1,
    explanation: {
      what: `The ${endpoint} function ended without an answer: a time-out, no memory, or a failed start.`,
      why: 'The handler answers every error by itself, so the function was stopped or never started; the user saw a bare gateway error.',
      firstStep: `Open the log of the ${endpoint} function at that time: a line of the platform (type platform.report or platform.initReport) has the status.`,
      runbook: ['function-crashes'],
    },
  };
}

function throttles(endpoint: string, { function: lambda }: HandlerFunction): ServiceAlarm {
  return {
    metric: lambda.metricThrottles({ period: Duration.minutes(5) }),
    threshold: 1,
    explanation: {
      what: `Lambda refused to run the ${endpoint} function, because too many functions of the account were running.`,
      why: 'Users saw a bare gateway error. The cause is usually another function of the account.',
      firstStep:
        'Compare ConcurrentExecutions of the account with its quota (Service Quotas, Lambda); raise it or reserve concurrency.',
      runbook: ['function-throttles'],
    },
  };
}

function serverErrors({ stage }: ActivationApi): ServiceAlarm {
  return {
    metric: stage.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
    threshold: 5,
    explanation: {
      what: 'Five or more requests within five minutes were answered with a 5xx status.',
      why: 'Many users are failing at once. If an alarm of a cause is on as well, that one says why; if not, the gateway could not reach a function.',
      firstStep:
        'Look which other alarms are on. If none, read error and integrationError in the access log.',
      runbook: ['api-server-errors'],
    },
  };
}

function refusedRequests(stack: string): ServiceAlarm {
  return {
    metric: throttledRequests(stack),
    threshold: 10,
    explanation: {
      what: 'The gateway refused ten or more requests within five minutes with 429, because there were too many.',
      why: 'People do not click that fast: somebody is probing, or the limits are too low for a roll-out.',
      firstStep:
        'Count the access log by sourceIp. A single address is a probe; many are users: deploy with a higher throttleRate and throttleBurst.',
      runbook: ['api-throttled-requests'],
    },
  };
}

function tooSlow(stack: string): ServiceAlarm {
  return {
    metric: slowCallbacks(stack),
    threshold: 3,
    explanation: {
      what: 'Three or more callbacks took 8 seconds or longer within a quarter of an hour.',
      why: 'The authorization code lives 30 seconds, of which the network and a cold start take some: codes will soon be late.',
      firstStep:
        'Find them in the callback’s log (filter Duration >= 8000): is it one PIM (field pim)? If all are slow, look at the latency of DynamoDB, KMS and Secrets Manager in the traces.',
      runbook: ['callback-slow'],
    },
  };
}
