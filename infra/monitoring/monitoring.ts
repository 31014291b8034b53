import { Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Cause } from '../../functions/activation/outcomes/index.ts';
import type { ActivationApi } from '../api/activation-api.ts';
import type { HandlerFunction } from '../compute/handler-function.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { CAUSE_ALARMS, codesOf } from './cause-alarms.ts';
import { ActivationDashboard } from './dashboard.ts';
import { ExplainedAlarm } from './explained-alarm.ts';
import { countSlowCallbacks, countThrottledRequests } from './log-metrics.ts';
import { requests } from './metrics.ts';
import { serviceAlarms } from './service-alarms.ts';

/** What is watched, and who is told. */
export interface MonitoringProps {
  readonly activate: HandlerFunction;
  readonly callback: HandlerFunction;
  readonly api: ActivationApi;
  /** Gets the alarms by mail. */
  readonly alarmEmail: string | undefined;
  /** Alarms that were made elsewhere, beside what they watch. */
  readonly alarms: readonly ExplainedAlarm[];
}

/**
 * Alarms and a dashboard. There is an alarm for each cause of the outcome table and one for each way in
 * which a request fails without reaching an outcome.
 */
export class Monitoring extends Construct {
  public readonly alarms: readonly Alarm[];
  public readonly dashboard: ActivationDashboard;
  /** Metrics that are made from logs. */
  public readonly counts: readonly MetricFilter[];
  /** Only with an address for the alarms. */
  public readonly topic: ITopic | undefined;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const watched = { ...props, stack: Stack.of(this).stackName };
    this.counts = [
      countThrottledRequests(this, props.api.accessLogGroup),
      countSlowCallbacks(this, props.callback.logGroup),
    ];
    this.alarms = [
      ...this.#causeAlarms(watched.stack),
      ...serviceAlarms(this, watched),
      ...props.alarms,
    ];
    this.dashboard = new ActivationDashboard(this, 'Dashboard', {
      ...watched,
      alarms: this.alarms,
    });
    this.topic = props.alarmEmail ? new AlarmTopic(this, 'Topic', props.alarmEmail) : undefined;
    if (this.topic) this.#tell(this.topic);
  }

  #causeAlarms(stack: string): ExplainedAlarm[] {
    return Object.entries(CAUSE_ALARMS).map(([name, alarm]) => {
      // `Object.entries` forgets the literal keys of the record.
      const cause = name as Cause;
      return new ExplainedAlarm(this, alarm.name, {
        metric: requests(stack, cause, alarm.period),
        threshold: alarm.threshold,
        explanation: { ...alarm, runbook: codesOf(cause) },
      });
    });
  }

  /** Also when it is over, so that nobody searches for what has mended itself. */
  #tell(topic: ITopic): void {
    for (const alarm of this.alarms) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
  }
}
