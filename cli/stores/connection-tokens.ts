import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { IncorrectKeyException, InvalidCiphertextException } from '@aws-sdk/client-kms';
import type { ConnectionKey } from '../../functions/activation/ports.ts';
import type { AccessToken } from '../../functions/pim/credentials.ts';
import { wellFormed } from '../../functions/pim/malformed.ts';
import type { TokenDecrypter } from '../../functions/store/kms-token-decrypter.ts';
import { CONNECTIONS, connectionKey } from '../../functions/tables/connections.ts';
import { readRow, type StoredRow } from '../../functions/tables/row.ts';

type TokenRead =
  | { readonly kind: 'token'; readonly token: AccessToken }
  /** The connection was removed meanwhile. */
  | { readonly kind: 'absent' }
  /** The ciphertext does not decrypt for this connection: it was moved, damaged or removed by hand, or its key is gone. */
  | { readonly kind: 'malformed' };

/**
 * Reads tokens, only to send them to their PIM. It is apart from `ConnectionTable`, so that commands which only look
 * need neither the ciphertext nor `kms:Decrypt`.
 */
export class ConnectionTokens {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #decrypter: TokenDecrypter;

  constructor(client: DynamoDBClient, table: string, decrypter: TokenDecrypter) {
    this.#client = client;
    this.#table = table;
    this.#decrypter = decrypter;
  }

  /** Reads the token consistently, so that one which was replaced a moment ago is not sent. */
  async read(key: ConnectionKey): Promise<TokenRead> {
    const row = await this.#readRow(key);
    if (!row) return { kind: 'absent' };
    try {
      const { encryptedToken } = wellFormed(readRow(CONNECTIONS, row, ['encryptedToken']));
      return { kind: 'token', token: await this.#decrypter.decrypt(encryptedToken, key) };
    } catch (error) {
      if (isAboutCiphertext(error)) return { kind: 'malformed' };
      throw error;
    }
  }

  async #readRow(key: ConnectionKey): Promise<StoredRow | undefined> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: connectionKey(key),
      ProjectionExpression: 'encryptedToken',
      ConsistentRead: true,
    });
    return (await this.#client.send(command)).Item;
  }
}

/** Whether only this token is affected. A missing right or an outage affects all tokens, and ends the command. */
function isAboutCiphertext(error: unknown): boolean {
  return (
    error instanceof InvalidCiphertextException ||
    error instanceof IncorrectKeyException ||
    // For a row without a ciphertext, and for a text that is no token.
    error instanceof TypeError
  );
}
