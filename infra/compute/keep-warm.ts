import { Duration, Stack } from 'aws-cdk-lib';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { KEEP_WARM_EVENT } from '../../functions/http/request.ts';
import { ExplainedAlarm } from '../monitoring/explained-alarm.ts';
import type { HandlerFunction } from './handler-function.ts';

/** What is kept warm, and how often it is invoked. */
export interface KeepWarmProps {
  readonly activate: HandlerFunction;
  readonly callback: HandlerFunction;
  readonly login?: HandlerFunction | undefined;
  readonly every: Duration;
}

/** So many invocations in a row have to be missing before an alarm goes off. */
const MISSED = 3;

/**
 * Invokes the endpoints on a schedule, so that PIM users do not meet cold functions: Lambda keeps an idle one for some
 * minutes. It also is a sign of life while nobody comes, because each invocation calls DynamoDB, and that of callback KMS
 * as well.
 *
 * One copy of each function is kept. Of users who come at the same moment, all but one still meet a cold one.
 *
 * @see {@link https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule.html EventBridge Scheduler}
 */
export class KeepWarm extends Construct {
  /** For each endpoint that is no longer invoked, by the schedule or by anybody. */
  public readonly alarms: readonly ExplainedAlarm[];

  constructor(scope: Construct, id: string, { activate, callback, login, every }: KeepWarmProps) {
    super(scope, id);
    const kept = [activate, callback, ...(login ? [login] : [])];
    const role = this.#invoker(kept);
    for (const { handler, alias } of kept)
      new CfnSchedule(this, handler, {
        description: `Keeps ${handler} of ${Stack.of(this).stackName} warm`,
        scheduleExpression: rate(every.toMinutes()),
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: alias.functionArn,
          roleArn: role.roleArn,
          input: JSON.stringify(KEEP_WARM_EVENT),
          // The next invocation comes soon.
          retryPolicy: { maximumRetryAttempts: 0 },
        },
      });
    const period = Duration.minutes(MISSED * every.toMinutes());
    const invocations = ({ function: target }: HandlerFunction) =>
      target.metricInvocations({ statistic: 'Sum', period });
    this.alarms = [
      ExplainedAlarm.ofService(this, 'activate-not-invoked', invocations(activate)),
      ExplainedAlarm.ofService(this, 'callback-not-invoked', invocations(callback)),
      ...(login ? [ExplainedAlarm.ofService(this, 'login-not-invoked', invocations(login))] : []),
    ];
  }

  #invoker(targets: readonly HandlerFunction[]): Role {
    const { account } = Stack.of(this);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    });
    Grant.addToPrincipal({
      grantee: role,
      actions: ['lambda:InvokeFunction'],
      resourceArns: targets.map(({ alias }) => alias.functionArn),
    });
    return role;
  }
}

function rate(minutes: number): string {
  return minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`;
}
