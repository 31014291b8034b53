import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { ItemReader, text } from '../../../functions/store/item.ts';

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
): Promise<ItemReader | undefined> {
  const Key = { pim: text(pim), clientId: text(clientId) };
  const command = new GetItemCommand({ TableName: table, Key, ConsistentRead: true });
  const { Item } = await client.send(command);
  return Item && new ItemReader('Connections', Item);
}

/**
 * Decrypts the token of a row.
 *
 * @param context what the ciphertext shall be bound to; the row's own key, unless a test tries another.
 * @throws {InvalidCiphertextException} by KMS, when it is bound to something else.
 */
export async function decryptToken(
  client: KMSClient,
  row: ItemReader,
  context: StoredKey,
): Promise<string> {
  const command = new DecryptCommand({
    CiphertextBlob: row.bytes('encryptedToken'),
    EncryptionContext: { ...context },
  });
  const { Plaintext = new Uint8Array() } = await client.send(command);
  return Buffer.from(Plaintext).toString('utf8');
}
