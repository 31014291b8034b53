import { Duration, Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Cause } from '../../functions/activation/outcomes/index.ts';
import type { ActivationApi } from '../api/activation-api.ts';
import type { HandlerFunction } from '../compute/handler-function.ts';
import type { Settings } from '../configuration/settings.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { CAUSE_ALARMS, codesOf } from './cause-alarms.ts';
import { ActivationDashboard } from './dashboard.ts';
import { ExplainedAlarm } from './explained-alarm.ts';
import { countSlowCallbacks, countThrottledRequests, requests } from './metrics.ts';
import { serviceAlarms } from './service-alarms.ts';

/** What is watched, and who is told. */
export interface MonitoringProps {
  /** Its `alarmEmail` gets the alarms by mail. */
  readonly settings: Pick<Settings, 'alarmEmail'>;
  readonly activate: HandlerFunction;
  readonly callback: HandlerFunction;
  readonly api: ActivationApi;
  /** Alarms that were made elsewhere, beside what they watch. */
  readonly alarms: readonly ExplainedAlarm[];
}

/**
 * Alarms and a dashboard. There is an alarm for each cause of the outcome table and one for each way in
 * which a request fails without reaching an outcome.
 */
export class Monitoring extends Construct {
  /** All of them, with those that were made elsewhere. */
  public readonly alarms: readonly Alarm[];
  /** Named after stack and region. */
  public readonly dashboard: ActivationDashboard;
  /** Metrics that are made from logs. */
  public readonly counts: readonly MetricFilter[];
  /** Only with an address for the alarms. */
  public readonly topic: ITopic | undefined;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { alarmEmail } = props.settings;
    const watched = { ...props, stack: Stack.of(this).stackName };
    this.counts = this.#counts(props);
    const own = [...this.#causeAlarms(watched.stack), ...serviceAlarms(this, watched)];
    this.alarms = [...own, ...props.alarms];
    this.dashboard = new ActivationDashboard(this, 'Dashboard', {
      ...watched,
      alarms: this.alarms,
    });
    this.topic = alarmEmail ? this.#mail(alarmEmail) : undefined;
  }

  #counts({ api, callback }: MonitoringProps): MetricFilter[] {
    return [
      countThrottledRequests(this, api.accessLogGroup),
      countSlowCallbacks(this, callback.logGroup),
    ];
  }

  #causeAlarms(stack: string): ExplainedAlarm[] {
    return Object.entries(CAUSE_ALARMS).map(([name, alarm]) => {
      // `Object.entries` forgets the literal keys of the record.
      const cause = name as Cause;
      return new ExplainedAlarm(this, alarm.name, {
        metric: requests(stack, cause, Duration.minutes(alarm.withinMinutes)),
        threshold: alarm.threshold,
        explanation: { ...alarm, runbook: codesOf(cause) },
      });
    });
  }

  /** Also when it is over, so that nobody searches for a problem that has gone. */
  #mail(email: string): ITopic {
    const topic = new AlarmTopic(this, 'Topic', email);
    for (const alarm of this.alarms) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
    return topic;
  }
}
