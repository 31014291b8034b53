import { Stack } from 'aws-cdk-lib';
import type {
  MathExpression,
  MathExpressionOptions,
  Metric,
  MetricOptions,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ActivationApi } from './activation-api.ts';
import { ActivateFunction } from './compute/activate-function.ts';
import { CallbackFunction } from './compute/callback-function.ts';
import { ConnectionEvents } from './compute/connection-events.ts';
import { HealthCheck } from './compute/health-check.ts';
import { KeepWarm } from './compute/keep-warm.ts';
import { LoginFunction } from './compute/login-function.ts';
import { SimulatedPim } from './compute/simulated-pim.ts';
import { isKnown, type Problem, problemIf, refuseProblems } from './configuration/problems.ts';
import type { AkeneoAppActivationProps, Stage } from './configuration/props.ts';
import { type Settings, settingsOf, type UncheckedProps } from './configuration/settings.ts';
import { type BackEnd, ConnectionsForBackEnds } from './connections-for-back-ends.ts';
import { duration, failures } from './monitoring/metrics.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { Outputs } from './outputs.ts';
import { type ActivationStorage, createStorage } from './storage/activation-storage.ts';
import type { ClientSecrets } from './storage/client-secrets.ts';
import { grantCrossAccountRead, type ReadOptions } from './storage/connections-access.ts';
import type { ConnectionsTable } from './storage/connections-table.ts';
import type { FlowsTable } from './storage/flows-table.ts';
import type { LoginsTable } from './storage/logins-table.ts';
import type { PimsTable } from './storage/pims-table.ts';
import type { TokenKey } from './storage/token-key.ts';

/**
 * Everything that an Akeneo App needs to be connected by PIM users: two URLs, the tables behind them, a key for the
 * tokens and one for the client secrets, alarms. One of them in a stack, nested or not.
 *
 * Nothing has to be configured, because a PIM hands out credentials only once the URLs exist; PIMs are
 * added after the deployment, without another one.
 *
 * @example
 * ```ts
 * const activation = new AkeneoAppActivation(stack, 'Activation', { alarmEmail: 'team@example.com' });
 * ```
 */
export class AkeneoAppActivation extends Construct {
  /** What the deployment is for. */
  public readonly stage: Stage;
  /** The attempts to connect that are under way. */
  public readonly flows: FlowsTable;
  /** The connected PIMs, with their encrypted tokens. */
  public readonly connections: ConnectionsTable;
  /** The PIMs that may connect. */
  public readonly pims: PimsTable;
  /** Encrypts the tokens. */
  public readonly tokenKey: TokenKey;
  /** The client secrets of the App, encrypted by a key of their own. */
  public readonly clientSecrets: ClientSecrets;
  /** The logins that are under way. Absent unless Apps are told who opens them. */
  public readonly logins: LoginsTable | undefined;
  /** Answers the activation URL. */
  public readonly activate: ActivateFunction;
  /** Answers the callback URL. */
  public readonly callback: CallbackFunction;
  /** Tells Apps who has opened them. Absent unless they are told. */
  public readonly login: LoginFunction | undefined;
  /** The HTTP API with the URLs. */
  public readonly api: ActivationApi;
  /** Checks connected PIMs, to notice dead tokens. Absent when it is switched off. */
  public readonly health: HealthCheck | undefined;
  /** Keeps both endpoints warm. Absent when it is switched off. */
  public readonly keepWarm: KeepWarm | undefined;
  /** Publishes what becomes of connections. */
  public readonly events: ConnectionEvents;
  /** What `smoke` connects. Absent unless it is asked for. */
  public readonly simulatedPim: SimulatedPim | undefined;
  /** The alarms, the topic of the mails and, if it is asked for, the dashboard. */
  public readonly monitoring: Monitoring;
  /** The connections, to be granted to back ends. */
  public readonly backEnds: ConnectionsForBackEnds;
  /** What the stack prints, and the operator's command line reads. */
  public readonly outputs: Outputs;

  /** @throws {RefusedConfiguration} naming every problem of the props and its fix. */
  constructor(scope: Construct, id: string, props: AkeneoAppActivationProps = {}) {
    super(scope, id);
    refuseSecond(this);
    const settings = settingsOf(props);
    refuseProblems(senderProblems(Stack.of(this).stackName, settings));
    const storage = createStorage(this, settings);
    this.stage = settings.stage;
    ({ flows: this.flows, connections: this.connections, pims: this.pims } = storage);
    ({ tokenKey: this.tokenKey, clientSecrets: this.clientSecrets, logins: this.logins } = storage);
    this.activate = new ActivateFunction(this, 'Activate', { settings, ...storage });
    this.callback = new CallbackFunction(this, 'Callback', { settings, ...storage });
    this.login = loginFunction(this, settings, storage);
    const { activate, callback, login } = this;
    const endpoints = { settings, activate, callback, login };
    this.api = new ActivationApi(this, 'Api', endpoints);
    this.health = healthCheck(this, settings, storage);
    this.events = new ConnectionEvents(this, 'Events', { settings, ...storage });
    this.keepWarm = keepWarm(this, endpoints);
    const made = [this.health, this.keepWarm, this.events, this.api.customDomain];
    const alarms = made.flatMap((part) => part?.alarms ?? []);
    const watched = { ...endpoints, api: this.api, health: this.health };
    this.monitoring = new Monitoring(this, 'Monitoring', { ...watched, alarms });
    this.backEnds = backEnds(this, settings, storage, this.api.loginUrl);
    this.simulatedPim = simulatedPim(this, settings, this.api);
    this.outputs = new Outputs(this, 'Outputs', this);
  }

  /** Lets a back end read connections with their tokens. @see {@link ConnectionsForBackEnds.grantRead} */
  grantRead(backEnd: BackEnd, options?: ReadOptions): Grant {
    return this.backEnds.grantRead(backEnd, options);
  }

  /** Lets a back end mark disconnected Apps. @see {@link ConnectionsForBackEnds.grantMarkDisconnected} */
  grantMarkDisconnected(backEnd: BackEnd): Grant {
    return this.backEnds.grantMarkDisconnected(backEnd);
  }

  /** Lets a back end learn who has opened the App. @see {@link ConnectionsForBackEnds.grantRedeemLogin} */
  grantRedeemLogin(backEnd: BackEnd): Grant {
    return this.backEnds.grantRedeemLogin(backEnd);
  }

  /** How many requests the gateway has answered, refused ones too. @default - within five minutes */
  metricRequests(options?: MetricOptions): Metric {
    return this.api.stage.metricCount({ statistic: 'SampleCount', ...options });
  }

  /**
   * How many requests have failed for a reason that an operator can act on: a wrong secret, a late code, a PIM, AWS, a
   * defect. What a PIM user does wrong is none of them.
   *
   * @default - within five minutes
   */
  metricFailures(options?: MathExpressionOptions): MathExpression {
    return failures(Stack.of(this).stackName, options);
  }

  /** How many milliseconds the callback took, without the start of a cold function. @default - p90 of five minutes */
  metricCallbackDuration(options?: MetricOptions): Metric {
    return duration(Stack.of(this).stackName, 'callback', { statistic: 'p90', ...options });
  }
}

/** Metrics, alarms and aliases of keys have the name of the stack, and would be those of both. */
function refuseSecond(activation: AkeneoAppActivation): void {
  const stack = Stack.of(activation);
  const others = stack.node
    .findAll()
    .filter((other) => other instanceof AkeneoAppActivation && other !== activation)
    .filter((other) => Stack.of(other) === stack);
  const problems = others.map((other) => ({
    what: `${activation.node.path} is a second activation beside ${other.node.path}, whose names it would take.`,
    fix: 'Put it in a stack of its own, which may be a NestedStack.',
  }));
  refuseProblems(problems);
}

interface Endpoints {
  readonly settings: Settings;
  readonly activate: ActivateFunction;
  readonly callback: CallbackFunction;
  readonly login: LoginFunction | undefined;
}

function loginFunction(
  scope: Construct,
  settings: Settings,
  { pims, logins }: ActivationStorage,
): LoginFunction | undefined {
  return logins && new LoginFunction(scope, 'Login', { settings, pims, logins });
}

function healthCheck(
  scope: Construct,
  settings: Settings,
  storage: ActivationStorage,
): HealthCheck | undefined {
  const { enabled, every } = settings.healthCheck;
  return enabled ? new HealthCheck(scope, 'Health', { settings, ...storage, every }) : undefined;
}

function keepWarm(scope: Construct, endpoints: Endpoints): KeepWarm | undefined {
  const { enabled, every } = endpoints.settings.keepWarm;
  return enabled ? new KeepWarm(scope, 'KeepWarm', { ...endpoints, every }) : undefined;
}

function simulatedPim(
  scope: Construct,
  settings: Settings,
  { callbackUrl }: ActivationApi,
): SimulatedPim | undefined {
  if (!settings.simulatedPim) return undefined;
  return new SimulatedPim(scope, 'SimulatedPim', { settings, callbackUrl });
}

/** Other accounts are let in as the settings say. */
function backEnds(
  scope: Construct,
  settings: Settings,
  { connections: { table }, tokenKey: { key }, logins }: ActivationStorage,
  loginUrl: string | undefined,
): ConnectionsForBackEnds {
  grantCrossAccountRead(settings.backEndAccounts, { table, key });
  logins?.grantCrossAccountRedeem(settings.backEndAccounts);
  const attributes = {
    connectionsTableArn: table.tableArn,
    tokenKeyArn: key.keyArn,
    ...(logins && { loginsTableArn: logins.table.tableArn }),
    ...(loginUrl !== undefined && { loginUrl }),
  };
  const names = [table.tableName, logins?.table.tableName] as const;
  return new ConnectionsForBackEnds(scope, 'BackEnds', attributes, ...names);
}

/** A topic of SNS has a display name of 100 characters at most; that of the alarms is “Alarms of ” and the stack's name. */
const LONGEST_STACK_NAME_WITH_MAIL = 90;

/**
 * What is wrong with the name of the stack that an activation is in, given its settings. Every other name that is made of
 * it has room for the 128 characters that CloudFormation allows.
 *
 * @see {@link https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html DisplayName}
 */
export function senderProblems(
  stackName: string,
  { alarmEmail }: UncheckedProps,
): readonly Problem[] {
  const isTooLong = isKnown(stackName) && stackName.length > LONGEST_STACK_NAME_WITH_MAIL;
  return problemIf(
    isTooLong && alarmEmail !== undefined,
    `stackName has ${stackName.length} characters, which is too long for the sender of the mails to alarmEmail.`,
    `Choose a name of at most ${LONGEST_STACK_NAME_WITH_MAIL} characters, or leave alarmEmail out.`,
  );
}
