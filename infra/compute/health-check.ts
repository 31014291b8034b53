import { Duration, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { HEALTH_VARIABLES, VariablesOf } from '../../functions/environment.ts';
import { HEALTH_ATTRIBUTES } from '../../functions/tables/connections.ts';
import { HEALTH_METRICS } from '../../functions/telemetry/metrics.ts';
import { ExplainedAlarm } from '../monitoring/explained-alarm.ts';
import { counted } from '../monitoring/metrics.ts';
import { type ConnectionsTable, naming } from '../storage/connections-table.ts';
import type { TokenKey } from '../storage/token-key.ts';
import {
  type FunctionSettings,
  HandlerFunction,
  type PimUrlSettings,
  pimUrlEnvironment,
} from './handler-function.ts';

/** What connected PIMs are checked with. */
export interface HealthCheckFunctionProps {
  readonly settings: FunctionSettings & PimUrlSettings;
  readonly connections: ConnectionsTable;
  readonly tokenKey: TokenKey;
  /** How often every connection is checked. */
  readonly every: Duration;
}

/**
 * In MiB, whatever the other functions have. A sweep needs 200, however many connections there are. The rest is for speed:
 * Lambda gives a share of a processor with the memory, and 100,000 checks take half an hour with that of 512 MiB.
 */
const LEAST_MEMORY = 1_024;

/** Lambda keeps an event that it cannot run for this time at most. */
const LONGEST_EVENT_AGE = Duration.hours(6);

/** A period of an alarm has at most a day, and all of them together a week. */
const LONGEST_ALARM_MINUTES = 24 * 60;
const LONGEST_ALARM_DAYS = 7;

/**
 * Checks every connected PIM on a schedule, because no PIM tells an App that it was disconnected.
 *
 * One function sweeps over all of them (`functions/health/sweep.ts` has the calculation). A sweep that runs out of
 * time or fails is invoked again by Lambda, up to twice, with the same event, and continues where it stopped. What is left
 * even then comes first in the next sweep.
 *
 * It has no reserved concurrency, which an account that is new to Lambda could not give. EventBridge may deliver
 * one event twice; both sweeps together then record each connection once.
 *
 * It is the one function of the stack that may decrypt tokens. It may write none of them, and call no other function.
 */
export class HealthCheck extends HandlerFunction {
  /** Starts the sweeps. */
  public readonly rule: Rule;
  /** How far back an alarm on its checks looks: so it stays on until a round goes well. */
  public readonly round: Duration;
  /** For sweeps that were given up and checks that failed. */
  public readonly alarms: readonly ExplainedAlarm[];

  constructor(scope: Construct, id: string, props: HealthCheckFunctionProps) {
    const { settings, connections, tokenKey, every } = props;
    super(scope, id, {
      handler: 'health',
      description: 'Asks every connected PIM whether it still takes the App’s token',
      environment: environment(props),
      asksPims: true,
      leastMemory: LEAST_MEMORY,
      settings,
    });
    grantHealthCheck(connections.table, this);
    tokenKey.grantDecrypt(this);
    this.rule = this.#schedule(every);
    this.round = Duration.minutes(Math.min(every.toMinutes(), LONGEST_ALARM_MINUTES));
    this.alarms = this.#alarms(every);
  }

  /**
   * The time is passed on, because it names the sweep, and the period, by which a sweep knows what is overdue. An event that
   * is older than a period is of no use any more.
   */
  #schedule(every: Duration): Rule {
    const isShort = every.toMinutes() < LONGEST_EVENT_AGE.toMinutes();
    const retries = { retryAttempts: 2, maxEventAge: isShort ? every : LONGEST_EVENT_AGE };
    this.alias.configureAsyncInvoke(retries);
    const everyMs = every.toMilliseconds();
    const event = RuleTargetInput.fromObject({ time: EventField.time, everyMs });
    return new Rule(this, 'Schedule', {
      description: 'Starts a sweep over the connected PIMs',
      schedule: Schedule.rate(every),
      targets: [new LambdaFunction(this.alias, { event, ...retries })],
    });
  }

  /**
   * That a connection has died is no alarm: a PIM user who disconnects the App does nothing wrong, and an event tells it
   * (`docs/events.md`).
   */
  #alarms(every: Duration): ExplainedAlarm[] {
    const sum = { statistic: 'Sum', period: Duration.minutes(5) };
    const dropped = this.function.metric('AsyncEventsDropped', sum);
    const failed = counted(HEALTH_METRICS.failedChecks, Stack.of(this).stackName, this.round);
    return [
      ExplainedAlarm.ofService(this, 'health-sweep-given-up', dropped),
      ExplainedAlarm.ofService(this, 'health-checks-failed', failed),
      ...ExplainedAlarm.ofFunction(this, this, this.round),
      this.#signOfLife(every),
    ];
  }

  /** Two periods without a sweep; of periods longer than half a day, days. */
  #signOfLife(every: Duration): ExplainedAlarm {
    const minutes = 2 * every.toMinutes();
    const days = Math.min(Math.ceil(minutes / LONGEST_ALARM_MINUTES), LONGEST_ALARM_DAYS);
    const period = Duration.minutes(Math.min(minutes, LONGEST_ALARM_MINUTES));
    const sweeps = this.function.metricInvocations({ statistic: 'Sum', period });
    return ExplainedAlarm.ofService(this, 'health-not-run', sweeps, days);
  }
}

function environment(props: HealthCheckFunctionProps): VariablesOf<typeof HEALTH_VARIABLES> {
  return {
    CONNECTIONS_TABLE: props.connections.table.tableName,
    TOKEN_KEY_ID: props.tokenKey.key.keyArn,
    ...pimUrlEnvironment(props.settings),
  };
}

/**
 * Lets a function read every connection, ciphertexts included, and record what a check has found: an update that
 * touches nothing but its attributes and returns nothing. So it can neither replace a token nor delete a connection.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html Conditions on attributes and return values}
 */
function grantHealthCheck(table: Pick<ITable, 'tableArn'>, grantee: IGrantable): Grant {
  const resourceArns = [table.tableArn];
  const scan = Grant.addToPrincipal({ grantee, actions: ['dynamodb:Scan'], resourceArns });
  const update = Grant.addToPrincipal({
    grantee,
    actions: ['dynamodb:UpdateItem'],
    resourceArns,
    conditions: {
      ...naming(HEALTH_ATTRIBUTES),
      StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
    },
  });
  return scan.combine(update);
}
