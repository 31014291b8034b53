import { Duration, Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { MetricFilter } from 'aws-cdk-lib/aws-logs';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Cause } from '../../functions/activation/outcomes.ts';
import type { ActivationApi } from '../activation-api.ts';
import type { HandlerFunction } from '../compute/handler-function.ts';
import type { HealthCheck } from '../compute/health-check.ts';
import type { Settings } from '../configuration/settings.ts';
import { CAUSE_ALARMS } from './alarms.ts';
import { ActivationDashboard } from './dashboard.ts';
import { ExplainedAlarm } from './explained-alarm.ts';
import {
  countSlowCallbacks,
  countThrottledRequests,
  countUnusableKey,
  slowCallbacks,
  throttledRequests,
  unusableKey,
} from './metrics.ts';

const EVERY_FIVE_MINUTES = { period: Duration.minutes(5) };

/** What is watched, and who is told. */
export interface MonitoringProps {
  /** Who gets the alarms, by mail and otherwise; its `monitoring` says whether there is a dashboard. */
  readonly settings: Pick<Settings, 'alarmEmail' | 'alarmTopic' | 'monitoring'>;
  readonly activate: HandlerFunction;
  readonly callback: HandlerFunction;
  readonly login?: HandlerFunction | undefined;
  readonly api: ActivationApi;
  readonly health: Pick<HealthCheck, 'logGroup' | 'round'> | undefined;
  /** Alarms that were made elsewhere, beside what they watch. */
  readonly alarms: readonly ExplainedAlarm[];
}

/**
 * Alarms and, if it is asked for, a dashboard. There is an alarm for each cause of the outcome table and one for each way in
 * which a request fails without reaching an outcome.
 */
export class Monitoring extends Construct {
  /** All of them, with those that were made elsewhere. */
  public readonly alarms: readonly Alarm[];
  /** Named after stack and region. Only with `monitoring: 'full'`. */
  public readonly dashboard: ActivationDashboard | undefined;
  /** Metrics that are made from logs. */
  public readonly counts: readonly MetricFilter[];
  /** Mails the alarms. Only with an address for them. */
  public readonly topic: ITopic | undefined;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { alarmEmail, alarmTopic, monitoring } = props.settings;
    const watched = { ...props, stack: Stack.of(this).stackName };
    this.counts = [
      countThrottledRequests(this, props.api.accessLogGroup),
      countSlowCallbacks(this, props.callback.logGroup),
      ...this.#countUnusableKey(props),
    ];
    this.alarms = [...this.#causeAlarms(), ...this.#serviceAlarms(watched), ...props.alarms];
    const shown = { ...watched, alarms: this.alarms };
    const isShown = monitoring === 'full';
    this.dashboard = isShown ? new ActivationDashboard(this, 'Dashboard', shown) : undefined;
    this.topic = alarmEmail ? new AlarmTopic(this, 'Topic', alarmEmail) : undefined;
    this.#tell([this.topic, alarmTopic].filter((topic) => topic !== undefined));
  }

  #countUnusableKey({ callback, health }: MonitoringProps): MetricFilter[] {
    const encrypting = { log: callback.logGroup, field: 'errorName' } as const;
    const decrypting = health && ({ log: health.logGroup, field: 'problem' } as const);
    return [
      countUnusableKey(this, 'KeyOfCallback', encrypting),
      ...(decrypting ? [countUnusableKey(this, 'KeyOfHealth', decrypting)] : []),
    ];
  }

  #causeAlarms(): ExplainedAlarm[] {
    // `Object.keys` forgets the literal keys of the record.
    const causes = Object.keys(CAUSE_ALARMS) as Cause[];
    return causes.map((cause) => ExplainedAlarm.ofCause(this, cause));
  }

  /** For requests that never reach an outcome, because no handler could report one. */
  #serviceAlarms(watched: MonitoringProps & { readonly stack: string }): ExplainedAlarm[] {
    const { stack, api, health } = watched;
    const serverErrors = { ...EVERY_FIVE_MINUTES, statistic: 'Sum' };
    const metrics = {
      'api-server-errors': api.stage.metricServerError(serverErrors),
      'api-throttled-requests': throttledRequests(stack),
      'callback-slow': slowCallbacks(stack),
      'key-unusable': unusableKey(stack, health?.round ?? EVERY_FIVE_MINUTES.period),
    };
    // `Object.keys` forgets the literal keys of the object.
    const names = Object.keys(metrics) as (keyof typeof metrics)[];
    return [
      ...[watched.activate, watched.callback, watched.login]
        .filter((endpoint) => endpoint !== undefined)
        .flatMap((endpoint) => ExplainedAlarm.ofFunction(this, endpoint)),
      ...names.map((name) => ExplainedAlarm.ofService(this, name, metrics[name])),
    ];
  }

  /** Also when an alarm is over, so that nobody searches for a problem that has gone. */
  #tell(topics: readonly ITopic[]): void {
    const actions = topics.map((topic) => new SnsAction(topic));
    for (const alarm of this.alarms) {
      alarm.addAlarmAction(...actions);
      alarm.addOkAction(...actions);
    }
  }
}

/**
 * A topic that mails what it gets, once the recipient has confirmed the subscription.
 *
 * Demanding TLS gives the topic a policy, which takes the place of the default one that lets CloudWatch
 * of the account publish; so that right is written out, for alarms of this account alone. The topic
 * is not encrypted by a customer-managed key: alarms hold names and numbers, and mail is not encrypted either.
 *
 * @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html Alarms and SNS}
 */
class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, email: string) {
    super(scope, id, { displayName: `Alarms of ${Stack.of(scope).stackName}`, enforceSSL: true });
    const { account } = Stack.of(this);
    this.addSubscription(new EmailSubscription(email));
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
  }
}
