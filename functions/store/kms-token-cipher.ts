import { EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import {
  type ConnectionKey,
  callService,
  ServiceError,
  type TokenCipher,
} from '../activation/ports.ts';
import type { AccessToken } from '../pim/credentials.ts';

/**
 * What a ciphertext is bound to. KMS refuses to decrypt under any other context, so a ciphertext that is
 * moved to another row is useless there; the context also shows in CloudTrail.
 *
 * @see {@link https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html Encryption context}
 */
export function encryptionContext({ pim, clientId }: ConnectionKey): Record<string, string> {
  return { pim: pim.toString(), clientId };
}

/** Encrypts tokens by a KMS key that this function may not decrypt with. */
export class KmsTokenCipher implements TokenCipher {
  readonly #client: KMSClient;
  readonly keyId: string;

  constructor(client: KMSClient, keyId: string) {
    this.#client = client;
    this.keyId = keyId;
  }

  async encrypt(token: AccessToken, key: ConnectionKey): Promise<Uint8Array> {
    const command = new EncryptCommand({
      KeyId: this.keyId,
      Plaintext: Buffer.from(token.reveal(), 'utf8'),
      EncryptionContext: encryptionContext(key),
    });
    const { CiphertextBlob } = await callService('kms', this.#client.send(command));
    if (!CiphertextBlob) throw new ServiceError('kms', new Error('Encrypt returned no ciphertext'));
    return CiphertextBlob;
  }
}
