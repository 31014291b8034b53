import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConnectionKey } from '../functions/activation/ports.ts';
import type { AccessToken } from '../functions/pim/credentials.ts';
import { PimUrl } from '../functions/pim/pim-url.ts';
import { parseScope, type ScopeSet } from '../functions/pim/scopes.ts';
import { ItemReader, text } from '../functions/store/item.ts';
import { LOCAL_PIM_URL_POLICY, type LocalApp } from './local-app.ts';
import type { EmbeddedDynamoDb } from './store/embedded-dynamodb.ts';
import type { LocalTokenCipher } from './store/token-cipher.ts';

/** A connection with its token decrypted. */
export interface StoredConnection {
  readonly accessToken: AccessToken;
  readonly tokenFingerprint: string;
  readonly grantedScopes: ScopeSet;
  /** All attributes of the row, the encrypted token among them. */
  readonly row: ItemReader;
}

/**
 * Reads the connection of an App in a PIM and decrypts its token; `undefined` if there is none.
 *
 * @throws {Error} when the token was encrypted under another key, or the row is not usable.
 */
export async function readStoredConnection(
  { dynamoDb, cipher }: Pick<LocalApp, 'dynamoDb' | 'cipher'>,
  { pimUrl, clientId }: { readonly pimUrl: string; readonly clientId: string },
): Promise<StoredConnection | undefined> {
  const parsed = PimUrl.parse(pimUrl, LOCAL_PIM_URL_POLICY);
  if (!parsed.ok) return undefined;
  const key = { pim: parsed.pim, clientId };
  const row = await findRow(dynamoDb, key);
  return row && decrypted(row, key, cipher);
}

async function findRow(
  { address, client }: EmbeddedDynamoDb,
  { pim, clientId }: ConnectionKey,
): Promise<ItemReader | undefined> {
  const command = new GetItemCommand({
    TableName: address.tables.connections,
    Key: { pim: text(pim.toString()), clientId: text(clientId) },
  });
  const { Item } = await client.send(command);
  return Item && new ItemReader('Connections', Item);
}

function decrypted(
  row: ItemReader,
  key: ConnectionKey,
  cipher: LocalTokenCipher,
): StoredConnection {
  return {
    accessToken: cipher.decrypt(row.bytes('encryptedToken'), key),
    tokenFingerprint: row.text('tokenFingerprint'),
    grantedScopes: parseScope(row.text('grantedScopes')),
    row,
  };
}
