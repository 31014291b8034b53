import { Duration } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { HEALTH_VARIABLES, VariablesOf } from '../../functions/environment.ts';
import { HandlerFunction } from '../compute/handler-function.ts';
import { pimUrlEnvironment } from '../compute/pim-url-environment.ts';
import type { Settings } from '../configuration/settings.ts';
import type { ExplainedAlarm } from '../monitoring/explained-alarm.ts';
import type { ConnectionsTable } from '../storage/connections-table.ts';
import type { TokenKey } from '../storage/token-key.ts';
import { healthAlarms } from './health-alarms.ts';
import { grantDecrypt, grantHealthCheck } from './health-grants.ts';

/** What connected PIMs are visited with. */
export interface HealthCheckFunctionProps {
  readonly settings: Settings;
  readonly connections: ConnectionsTable;
  readonly tokenKey: TokenKey;
  /** How often every connection is visited. */
  readonly every: Duration;
}

/** Lambda keeps an event that it cannot run for this time at most. */
const LONGEST_EVENT_AGE = Duration.hours(6);

/**
 * Visits every connected PIM on a schedule, because no PIM tells an App that it was disconnected.
 *
 * One function sweeps over all of them (`functions/health/sweep.ts` has the calculation). A sweep that runs out of
 * time or fails is invoked again by Lambda, up to twice, with the same event, and continues where it stopped.
 *
 * It has no reserved concurrency, which an account that is new to Lambda could not give. EventBridge may deliver
 * one event twice; both sweeps together then record each connection once.
 *
 * It is the one function of the stack that may decrypt tokens. It may write none of them, and call no other function.
 */
export class HealthCheck extends HandlerFunction {
  /** Starts the sweeps. */
  public readonly rule: Rule;
  /** For sweeps that were given up and visits that failed. */
  public readonly alarms: readonly ExplainedAlarm[];

  constructor(scope: Construct, id: string, props: HealthCheckFunctionProps) {
    const { settings, connections, tokenKey, every } = props;
    super(scope, id, {
      handler: 'health',
      description: 'Asks every connected PIM whether it still takes the App’s token',
      environment: environment(props),
      settings,
    });
    grantHealthCheck(connections.table, this);
    grantDecrypt(tokenKey.key, this);
    this.rule = this.#schedule(every);
    this.alarms = healthAlarms(this, this.function, every);
  }

  /** Only the time is passed on: it names the sweep. An event that is older than a period is of no use any more. */
  #schedule(every: Duration): Rule {
    const isShort = every.toMinutes() < LONGEST_EVENT_AGE.toMinutes();
    const retries = { retryAttempts: 2, maxEventAge: isShort ? every : LONGEST_EVENT_AGE };
    this.function.configureAsyncInvoke(retries);
    const event = RuleTargetInput.fromObject({ time: EventField.time });
    return new Rule(this, 'Schedule', {
      description: 'Starts a sweep over the connected PIMs',
      schedule: Schedule.rate(every),
      targets: [new LambdaFunction(this.function, { event, ...retries })],
    });
  }
}

function environment(props: HealthCheckFunctionProps): VariablesOf<typeof HEALTH_VARIABLES> {
  return {
    CONNECTIONS_TABLE: props.connections.table.tableName,
    TOKEN_KEY_ID: props.tokenKey.key.keyArn,
    ...pimUrlEnvironment(props.settings),
  };
}
