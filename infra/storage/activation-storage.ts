import type { Construct } from 'constructs';
import type { Settings } from '../configuration/settings.ts';
import { durabilityOf, keptOnceInUse } from '../durability.ts';
import { ClientSecrets } from './client-secrets.ts';
import { ConnectionsTable } from './connections-table.ts';
import { FlowsTable } from './flows-table.ts';
import { LoginsTable } from './logins-table.ts';
import { PimsTable } from './pims-table.ts';
import { TokenKey } from './token-key.ts';

/** Everything in which an activation keeps something, and its keys. */
export interface ActivationStorage {
  readonly flows: FlowsTable;
  readonly connections: ConnectionsTable;
  readonly pims: PimsTable;
  readonly tokenKey: TokenKey;
  readonly clientSecrets: ClientSecrets;
  /** Absent unless Apps are told who opens them. */
  readonly logins?: LoginsTable | undefined;
}

/** Makes the storage of an activation, as durable as its settings say. */
export function createStorage(
  scope: Construct,
  settings: Pick<Settings, 'dangerouslyDestroyTables' | 'identity'>,
): ActivationStorage {
  const durability = durabilityOf(settings);
  const keyRemoval = keptOnceInUse(!settings.dangerouslyDestroyTables);
  return {
    flows: new FlowsTable(scope, 'Flows'),
    connections: new ConnectionsTable(scope, 'Connections', durability),
    pims: new PimsTable(scope, 'Pims', durability),
    tokenKey: new TokenKey(scope, 'TokenKey', keyRemoval),
    clientSecrets: new ClientSecrets(scope, 'ClientSecrets', durability, keyRemoval),
    logins: settings.identity ? new LoginsTable(scope, 'Logins') : undefined,
  };
}
