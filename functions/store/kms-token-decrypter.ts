import { DecryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { ConnectionKey } from '../activation/ports.ts';
import { AccessToken } from '../pim/credentials.ts';
import { isMalformed } from '../pim/malformed.ts';
import { encryptionContext } from './kms-token-cipher.ts';

/** Decrypts tokens. KMS in AWS; something else on a developer's machine. */
export interface TokenDecrypter {
  /** Throws, or rejects, when the ciphertext was not made for this very connection. */
  decrypt(encrypted: Uint8Array, key: ConnectionKey): AccessToken | Promise<AccessToken>;
}

/** Decrypts by KMS, under the encryption context of the connection. */
export class KmsTokenDecrypter implements TokenDecrypter {
  readonly #client: KMSClient;
  readonly #keyId: string | undefined;

  /**
   * @param keyId refuses a ciphertext that another key has made. KMS finds the key in the ciphertext without it, but
   * then a ciphertext of a stranger's key would decrypt as well as ours.
   * @see {@link https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html Decrypt}
   */
  constructor(client: KMSClient, keyId?: string) {
    this.#client = client;
    this.#keyId = keyId;
  }

  /** Rejects with the error of KMS as it is, so that the caller can tell a wrong ciphertext from an outage. */
  async decrypt(encrypted: Uint8Array, key: ConnectionKey): Promise<AccessToken> {
    const command = new DecryptCommand({
      CiphertextBlob: encrypted,
      EncryptionContext: encryptionContext(key),
      ...(this.#keyId !== undefined && { KeyId: this.#keyId }),
    });
    const { Plaintext } = await this.#client.send(command);
    const token = AccessToken.parse(Plaintext && Buffer.from(Plaintext).toString('utf8'));
    if (isMalformed(token)) throw new TypeError('The decrypted text is no access token.');
    return token;
  }
}
