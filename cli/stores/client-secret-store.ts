import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { Clock } from '../../functions/activation/ports.ts';
import type { ClientSecret } from '../../functions/pim/credentials.ts';
import { isMalformed } from '../../functions/pim/malformed.ts';
import { ifConditionHolds } from '../../functions/store/conditional-write.ts';
import { CLIENTS, clientKey } from '../../functions/tables/clients.ts';
import { readRow, toItem } from '../../functions/tables/row.ts';

/** What storing a secret did. */
export type Stored = 'created' | 'replaced';

/** What is stored for a client id; a `malformed` row was changed by hand, and storing the secret again mends it. */
export type SecretState =
  | { readonly kind: 'stored'; readonly changedAt: number }
  | { readonly kind: 'absent' | 'malformed' };

interface ClientSecretStoreDeps {
  readonly dynamoDb: DynamoDBClient;
  readonly kms: KMSClient;
  /** Name of the Clients table. */
  readonly table: string;
  /** ARN of the key of the client secrets. */
  readonly keyId: string;
  readonly now: Clock;
}

/**
 * The client secrets in the Clients table, where the callback function reads them. An App Store app has one secret for
 * many PIMs. This side encrypts secrets and never decrypts one.
 */
export class ClientSecretStore {
  readonly #deps: ClientSecretStoreDeps;

  constructor(deps: ClientSecretStoreDeps) {
    this.#deps = deps;
  }

  /** Stores a secret in place of an earlier one. */
  async put(clientId: string, secret: ClientSecret): Promise<Stored> {
    const { dynamoDb } = this.#deps;
    const input = { ...(await this.#item(clientId, secret)), ReturnValues: 'ALL_OLD' as const };
    const { Attributes } = await dynamoDb.send(new PutItemCommand(input));
    return Attributes ? 'replaced' : 'created';
  }

  /** Stores the first secret of a client id; false, with nothing written, when there is one by now. */
  async create(clientId: string, secret: ClientSecret): Promise<boolean> {
    const { dynamoDb } = this.#deps;
    const item = await this.#item(clientId, secret);
    const input = { ...item, ConditionExpression: 'attribute_not_exists(clientId)' };
    return (await ifConditionHolds(dynamoDb.send(new PutItemCommand(input)))) !== undefined;
  }

  /** Looks a secret up without decrypting it. */
  async stateOf(clientId: string): Promise<SecretState> {
    const { dynamoDb, table } = this.#deps;
    const command = new GetItemCommand({
      TableName: table,
      Key: clientKey(clientId),
      ConsistentRead: true,
    });
    const { Item } = await dynamoDb.send(command);
    if (!Item) return { kind: 'absent' };
    const row = readRow(CLIENTS, Item, ['encryptedSecret', 'changedAt']);
    return isMalformed(row) ? { kind: 'malformed' } : { kind: 'stored', changedAt: row.changedAt };
  }

  /** Deletes a secret. @returns whether there was one. */
  async delete(clientId: string): Promise<boolean> {
    const { dynamoDb, table } = this.#deps;
    const command = new DeleteItemCommand({
      TableName: table,
      Key: clientKey(clientId),
      ReturnValues: 'ALL_OLD',
    });
    return (await dynamoDb.send(command)).Attributes !== undefined;
  }

  async #item(clientId: string, secret: ClientSecret) {
    const { table, now } = this.#deps;
    const encryptedSecret = await this.#encrypt(clientId, secret);
    const Item = toItem(CLIENTS, { clientId, encryptedSecret, changedAt: now() });
    return { TableName: table, Item };
  }

  async #encrypt(clientId: string, secret: ClientSecret): Promise<Uint8Array> {
    const { kms, keyId } = this.#deps;
    const command = new EncryptCommand({
      KeyId: keyId,
      Plaintext: Buffer.from(secret.reveal(), 'utf8'),
      EncryptionContext: { clientId },
    });
    const { CiphertextBlob } = await kms.send(command);
    if (!CiphertextBlob) throw new TypeError('Encrypt returned no ciphertext');
    return CiphertextBlob;
  }
}
