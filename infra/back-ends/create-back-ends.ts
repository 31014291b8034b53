import type { Construct } from 'constructs';
import type { Settings } from '../configuration/settings.ts';
import type { ActivationStorage } from '../storage/activation-storage.ts';
import { grantCrossAccountRead } from './back-end-accounts.ts';
import { ConnectionsForBackEnds } from './connections-for-back-ends.ts';

/** The connections of an activation for its back ends; other accounts are let in as the settings say. */
export function createBackEnds(
  scope: Construct,
  settings: Settings,
  { connections: { table }, tokenKey: { key } }: ActivationStorage,
): ConnectionsForBackEnds {
  grantCrossAccountRead(settings.backEndAccounts, { table, key });
  return new ConnectionsForBackEnds(scope, 'BackEnds', {
    connectionsTableName: table.tableName,
    connectionsTableArn: table.tableArn,
    tokenKeyArn: key.keyArn,
  });
}
