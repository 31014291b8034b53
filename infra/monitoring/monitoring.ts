import { Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Cause } from '../../functions/activation/outcomes/index.ts';
import { METRICS_NAMESPACE } from '../../functions/telemetry/metrics.ts';
import type { ActivationApi } from '../api/activation-api.ts';
import type { HandlerFunction } from '../compute/handler-function.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { CAUSE_ALARMS, codesOf } from './cause-alarms.ts';
import { ActivationDashboard } from './dashboard.ts';
import { ExplainedAlarm } from './explained-alarm.ts';
import { requests, THROTTLED_REQUESTS } from './metrics.ts';
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
  public readonly throttledRequests: MetricFilter;
  /** Only with an address for the alarms. */
  public readonly topic: ITopic | undefined;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const watched = { ...props, stack: Stack.of(this).stackName };
    this.throttledRequests = this.#countThrottledRequests(props.api.accessLogGroup);
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

  /** The gateway has no metric of its own for 429; among its 4xx are all refusals of the functions. */
  #countThrottledRequests(accessLog: ILogGroup): MetricFilter {
    return new MetricFilter(this, 'ThrottledRequests', {
      logGroup: accessLog,
      filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
      metricNamespace: METRICS_NAMESPACE,
      metricName: THROTTLED_REQUESTS,
      dimensions: { Stack: '$.stack' },
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
