import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { AccessToken } from '../functions/pim/credentials.ts';
import { PimOrigin } from '../functions/pim/pim-url.ts';
import { parseScope, type ScopeSet } from '../functions/pim/scopes.ts';
import { ItemReader, text } from '../functions/store/item.ts';
import { LOCAL_PIM_URL_POLICY, type LocalApp } from './local-app.ts';

/** A connection as a back end on the same machine can read it. */
export interface StoredConnection {
  readonly accessToken: AccessToken;
  readonly tokenFingerprint: string;
  readonly grantedScopes: ScopeSet;
  readonly row: ItemReader;
}

/** Reads the connection of an App in a PIM and decrypts its token; `undefined` if there is none. */
export async function readStoredConnection(
  { dynamoDb, cipher }: Pick<LocalApp, 'dynamoDb' | 'cipher'>,
  { pimUrl, clientId }: { readonly pimUrl: string; readonly clientId: string },
): Promise<StoredConnection | undefined> {
  const parsed = PimOrigin.parse(pimUrl, LOCAL_PIM_URL_POLICY);
  if (!parsed.ok) return undefined;
  const Key = { pim: text(parsed.pim.toString()), clientId: text(clientId) };
  const TableName = dynamoDb.address.tables.connections;
  const { Item } = await dynamoDb.client.send(new GetItemCommand({ TableName, Key }));
  if (!Item) return undefined;
  const row = new ItemReader('Connections', Item);
  return {
    accessToken: cipher.decrypt(row.bytes('encryptedToken'), { pim: parsed.pim, clientId }),
    tokenFingerprint: row.text('tokenFingerprint'),
    grantedScopes: parseScope(row.text('grantedScopes')),
    row,
  };
}
