import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DecryptCommand,
  IncorrectKeyException,
  InvalidCiphertextException,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { type ClientSecrets, callService, ServiceError } from '../activation/ports.ts';
import { ClientSecret } from '../pim/credentials.ts';
import { isMalformed } from '../pim/malformed.ts';
import { CLIENTS, clientKey } from '../tables/clients.ts';
import { readRow } from '../tables/row.ts';

/** Decrypts client secrets. KMS in AWS; something else on a developer's machine. */
export interface ClientSecretDecrypter {
  /**
   * The text of the secret; `undefined` when the ciphertext was not made for this client id.
   *
   * @throws {ServiceError} when that cannot be found out.
   */
  decrypt(encryptedSecret: Uint8Array, clientId: string): Promise<string | undefined>;
}

/** Decrypts by KMS, under an encryption context that is the client id and nothing else. */
export class KmsClientSecretDecrypter implements ClientSecretDecrypter {
  readonly #client: KMSClient;
  readonly #keyId: string;

  /** @param keyId refuses a ciphertext that another key has made, such as that of an access token. */
  constructor(client: KMSClient, keyId: string) {
    this.#client = client;
    this.#keyId = keyId;
  }

  async decrypt(encryptedSecret: Uint8Array, clientId: string): Promise<string | undefined> {
    const command = new DecryptCommand({
      CiphertextBlob: encryptedSecret,
      EncryptionContext: { clientId },
      KeyId: this.#keyId,
    });
    try {
      const { Plaintext } = await this.#client.send(command);
      return Plaintext && Buffer.from(Plaintext).toString('utf8');
    } catch (error) {
      if (isAboutCiphertext(error)) return undefined;
      throw new ServiceError('kms', error);
    }
  }
}

/**
 * Whether this ciphertext is at fault, because somebody moved or damaged it, and storing the secret again mends it. Of a
 * length that no ciphertext has, KMS says `ValidationException`, which the SDK has no class for.
 */
function isAboutCiphertext(error: unknown): boolean {
  return (
    error instanceof InvalidCiphertextException ||
    error instanceof IncorrectKeyException ||
    (error instanceof Error && error.name === 'ValidationException')
  );
}

/**
 * The client secrets in the Clients table. They are kept in the memory of a warm function; a rotated one is noticed
 * when the PIM refuses the old.
 */
export class DynamoDbClientSecrets implements ClientSecrets {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #decrypter: ClientSecretDecrypter;
  readonly #cache = new Map<string, ClientSecret>();

  constructor(client: DynamoDBClient, table: string, decrypter: ClientSecretDecrypter) {
    this.#client = client;
    this.#table = table;
    this.#decrypter = decrypter;
  }

  async find(clientId: string, options = { fresh: false }): Promise<ClientSecret | undefined> {
    const cached = options.fresh ? undefined : this.#cache.get(clientId);
    if (cached) return cached;
    const encrypted = await this.#read(clientId);
    const secret = ClientSecret.parse(
      encrypted && (await this.#decrypter.decrypt(encrypted, clientId)),
    );
    this.#cache.delete(clientId);
    if (isMalformed(secret)) return undefined;
    this.#cache.set(clientId, secret);
    return secret;
  }

  /** The read is consistent, so that a secret counts the moment after it was stored. */
  async #read(clientId: string): Promise<Uint8Array | undefined> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: clientKey(clientId),
      ProjectionExpression: 'encryptedSecret',
      ConsistentRead: true,
    });
    const { Item } = await callService('dynamodb', this.#client.send(command));
    const row = Item && readRow(CLIENTS, Item, ['encryptedSecret']);
    return row === undefined || isMalformed(row) ? undefined : row.encryptedSecret;
  }
}
