import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { wellFormed } from '../../../functions/pim/malformed.ts';
import { CONNECTIONS } from '../../../functions/tables/connections.ts';
import { readRow, type StoredRow, text } from '../../../functions/tables/row.ts';

/** Which connection is meant, as the table's key has it. */
export interface StoredKey {
  readonly pim: string;
  readonly clientId: string;
}

/** The row of a connection, as a back end reads it; `undefined` if there is none. */
export async function readConnection(
  client: DynamoDBClient,
  table: string,
  { pim, clientId }: StoredKey,
): Promise<StoredRow | undefined> {
  const Key = { pim: text(pim), clientId: text(clientId) };
  const command = new GetItemCommand({ TableName: table, Key, ConsistentRead: true });
  return (await client.send(command)).Item;
}

/**
 * Decrypts the token of a row.
 *
 * @param context what the ciphertext shall be bound to; the row's own key, unless a test tries another.
 * @throws {InvalidCiphertextException} by KMS, when it is bound to something else.
 */
export async function decryptToken(
  client: KMSClient,
  row: StoredRow,
  context: StoredKey,
): Promise<string> {
  const { encryptedToken } = wellFormed(readRow(CONNECTIONS, row, ['encryptedToken']));
  const command = new DecryptCommand({
    CiphertextBlob: encryptedToken,
    EncryptionContext: { ...context },
  });
  const { Plaintext = new Uint8Array() } = await client.send(command);
  return Buffer.from(Plaintext).toString('utf8');
}
