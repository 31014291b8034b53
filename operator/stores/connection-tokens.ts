import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { IncorrectKeyException, InvalidCiphertextException } from '@aws-sdk/client-kms';
import type { ConnectionKey } from '../../functions/activation/ports.ts';
import type { AccessToken } from '../../functions/pim/credentials.ts';
import { ItemReader, text } from '../../functions/store/item.ts';
import type { TokenDecipher } from '../../functions/store/kms-token-decipher.ts';

/** What reading a token came to. */
export type TokenRead =
  | { readonly kind: 'token'; readonly token: AccessToken }
  /** The connection was removed meanwhile. */
  | { readonly kind: 'absent' }
  /** What is stored does not decrypt for this connection: it was moved or damaged. */
  | { readonly kind: 'unreadable' };

/**
 * Reads tokens, to send them to their PIM and for nothing else. It is apart from `ConnectionTable` so that the commands
 * which only look need neither the ciphertext nor `kms:Decrypt`.
 */
export class ConnectionTokens {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #decipher: TokenDecipher;

  constructor(client: DynamoDBClient, table: string, decipher: TokenDecipher) {
    this.#client = client;
    this.#table = table;
    this.#decipher = decipher;
  }

  /** The token as it is stored now, so that one that was replaced a moment ago is not sent. */
  async read(key: ConnectionKey): Promise<TokenRead> {
    const encrypted = await this.#readEncrypted(key);
    if (!encrypted) return { kind: 'absent' };
    try {
      return { kind: 'token', token: await this.#decipher.decrypt(encrypted, key) };
    } catch (error) {
      if (isAboutCiphertext(error)) return { kind: 'unreadable' };
      throw error;
    }
  }

  async #readEncrypted({ pim, clientId }: ConnectionKey): Promise<Uint8Array | undefined> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: { pim: text(pim.toString()), clientId: text(clientId) },
      ProjectionExpression: 'encryptedToken',
      ConsistentRead: true,
    });
    const { Item } = await this.#client.send(command);
    return Item && new ItemReader('Connections', Item).bytes('encryptedToken');
  }
}

/** A missing right or an outage is not: it concerns every token, and ends the command. */
function isAboutCiphertext(error: unknown): boolean {
  return (
    error instanceof InvalidCiphertextException ||
    error instanceof IncorrectKeyException ||
    // The decipher's own, for a text that is no token.
    error instanceof TypeError
  );
}
