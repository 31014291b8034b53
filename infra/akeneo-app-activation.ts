import type { Grant } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ActivationApi } from './api/activation-api.ts';
import { letAccountsRead } from './back-ends/back-end-accounts.ts';
import type { BackEnd } from './back-ends/back-end-environment.ts';
import type { ReadOptions } from './back-ends/connections-access.ts';
import { ConnectionsForBackEnds } from './back-ends/connections-for-back-ends.ts';
import { ActivateFunction } from './compute/activate-function.ts';
import { CallbackFunction } from './compute/callback-function.ts';
import type { AkeneoAppActivationProps, Stage } from './configuration/props.ts';
import { settingsOf } from './configuration/settings.ts';
import { ConnectionEvents } from './events/connection-events.ts';
import { HealthCheck } from './health/health-check.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { Outputs } from './outputs.ts';
import { ClientSecrets } from './storage/client-secrets.ts';
import { ConnectionsTable } from './storage/connections-table.ts';
import { durabilityOf, keptOnceInUse } from './storage/durability.ts';
import { FlowsTable } from './storage/flows-table.ts';
import { PimsTable } from './storage/pims-table.ts';
import { TokenKey } from './storage/token-key.ts';

/**
 * Everything that an Akeneo App needs to be connected by PIM users: two URLs, three tables, a key for the
 * tokens, a place for the client secrets, alarms. One of them in a stack.
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
  public readonly stage: Stage;
  public readonly flows: FlowsTable;
  public readonly connections: ConnectionsTable;
  public readonly pims: PimsTable;
  public readonly tokenKey: TokenKey;
  public readonly clientSecrets: ClientSecrets;
  public readonly activate: ActivateFunction;
  public readonly callback: CallbackFunction;
  public readonly api: ActivationApi;
  /** Absent when it is switched off. */
  public readonly health: HealthCheck | undefined;
  public readonly events: ConnectionEvents;
  public readonly monitoring: Monitoring;
  public readonly backEnds: ConnectionsForBackEnds;
  public readonly outputs: Outputs;

  /** @throws {RefusedConfiguration} naming every problem of the props and its fix. */
  constructor(scope: Construct, id: string, props: AkeneoAppActivationProps = {}) {
    super(scope, id);
    const settings = settingsOf(props);
    const durability = durabilityOf(settings);
    this.stage = settings.stage;

    this.flows = new FlowsTable(this, 'Flows');
    this.connections = new ConnectionsTable(this, 'Connections', durability);
    this.pims = new PimsTable(this, 'Pims', durability);
    this.tokenKey = new TokenKey(
      this,
      'TokenKey',
      keptOnceInUse(!settings.dangerouslyDestroyTables),
    );
    this.clientSecrets = new ClientSecrets(this, 'ClientSecrets');

    const { flows, connections, pims, tokenKey, clientSecrets } = this;
    this.activate = new ActivateFunction(this, 'Activate', { settings, flows, pims });
    this.callback = new CallbackFunction(this, 'Callback', {
      settings,
      flows,
      connections,
      clientSecrets,
      tokenKey,
    });

    const { activate, callback } = this;
    this.api = new ActivationApi(this, 'Api', { settings, activate, callback });
    const { eventBus } = props;
    const { enabled, every } = settings.healthCheck;
    this.health = enabled
      ? new HealthCheck(this, 'Health', { settings, connections, tokenKey, every })
      : undefined;
    this.events = new ConnectionEvents(this, 'Events', { settings, connections, eventBus });
    this.monitoring = new Monitoring(this, 'Monitoring', {
      activate,
      callback,
      api: this.api,
      alarmEmail: settings.alarmEmail,
      alarms: [...(this.health?.alarms ?? []), ...this.events.alarms],
    });
    this.backEnds = new ConnectionsForBackEnds(this, 'BackEnds', {
      connectionsTableName: connections.table.tableName,
      connectionsTableArn: connections.table.tableArn,
      tokenKeyArn: tokenKey.key.keyArn,
    });
    letAccountsRead(settings.backEndAccounts, { table: connections.table, key: tokenKey.key });
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
}
