import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConnectionKey } from '../functions/activation/ports.ts';
import type { AccessToken } from '../functions/pim/credentials.ts';
import { isMalformed, wellFormed } from '../functions/pim/malformed.ts';
import { PimUrl } from '../functions/pim/pim-url.ts';
import type { ScopeSet } from '../functions/pim/scopes.ts';
import { KmsTokenDecrypter } from '../functions/store/kms-token-decrypter.ts';
import { CONNECTIONS, connectionKey } from '../functions/tables/connections.ts';
import { readRow, type StoredRow } from '../functions/tables/row.ts';
import type { LocalStores } from './local-app.ts';
import { LOCAL_PIM_URL_POLICY } from './registration.ts';
import type { EmbeddedDynamoDb } from './store/embedded-dynamodb.ts';

/** A connection with its token decrypted. */
export interface StoredConnection {
  readonly accessToken: AccessToken;
  readonly tokenFingerprint: string;
  readonly grantedScopes: ScopeSet;
  /** All attributes of the row, the encrypted token among them. */
  readonly row: StoredRow;
}

/**
 * Reads the connection of an App in a PIM and decrypts its token; `undefined` if there is none.
 *
 * @throws {Error} when the token was encrypted under another key, or the row is not usable.
 */
export async function readStoredConnection(
  { dynamoDb, kms }: LocalStores,
  { pimUrl, clientId }: { readonly pimUrl: string; readonly clientId: string },
): Promise<StoredConnection | undefined> {
  const parsed = PimUrl.parse(pimUrl, LOCAL_PIM_URL_POLICY);
  if (isMalformed(parsed)) return undefined;
  const key = { pim: parsed, clientId };
  const row = await findRow(dynamoDb, key);
  return row && decrypted(row, key, new KmsTokenDecrypter(kms.client, kms.address.keyId));
}

async function findRow(
  { address, client }: EmbeddedDynamoDb,
  key: ConnectionKey,
): Promise<StoredRow | undefined> {
  const command = new GetItemCommand({
    TableName: address.tables.connections,
    Key: connectionKey(key),
  });
  return (await client.send(command)).Item;
}

async function decrypted(
  row: StoredRow,
  key: ConnectionKey,
  decrypter: KmsTokenDecrypter,
): Promise<StoredConnection> {
  const names = ['encryptedToken', 'tokenFingerprint', 'grantedScopes'] as const;
  const { encryptedToken, ...rest } = wellFormed(readRow(CONNECTIONS, row, names));
  return { ...rest, accessToken: await decrypter.decrypt(encryptedToken, key), row };
}
