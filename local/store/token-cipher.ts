import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionKey, TokenCipher } from '../../functions/activation/ports.ts';
import { AccessToken, type ClientSecret } from '../../functions/pim/credentials.ts';
import { wellFormed } from '../../functions/pim/malformed.ts';
import type { ClientSecretDecrypter } from '../../functions/store/client-secrets.ts';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** The length of an AES-256 key. */
export const KEY_BYTES = 32;

/** Stands in for KMS on a developer's machine. As with KMS, a ciphertext that was moved to another row does not decrypt. */
export class LocalTokenCipher implements TokenCipher {
  readonly #key: Buffer;
  readonly keyId: string;

  /** @param key 32 bytes. */
  constructor(key: Buffer) {
    this.#key = key;
    this.keyId = createHash('sha256').update(key).digest('hex');
  }

  async encrypt(token: AccessToken, key: ConnectionKey): Promise<Uint8Array> {
    return seal(token.reveal(), [key.pim.toString(), key.clientId], this.#key);
  }

  /** @throws {Error} when the ciphertext was changed, or made for another connection or with another key. */
  decrypt(encrypted: Uint8Array, key: ConnectionKey): AccessToken {
    const text = unseal(encrypted, [key.pim.toString(), key.clientId], this.#key);
    return wellFormed(AccessToken.parse(text));
  }
}

/** The same for client secrets, each bound to its client id. */
export class LocalClientSecretCipher implements ClientSecretDecrypter {
  readonly #key: Buffer;

  /** @param key 32 bytes. */
  constructor(key: Buffer) {
    this.#key = key;
  }

  encrypt(secret: ClientSecret, clientId: string): Uint8Array {
    return seal(secret.reveal(), [clientId], this.#key);
  }

  async decrypt(encryptedSecret: Uint8Array, clientId: string): Promise<string | undefined> {
    try {
      return unseal(encryptedSecret, [clientId], this.#key);
    } catch {
      return undefined;
    }
  }
}

/** AES-256-GCM with a binding as additional data. The layout is `iv (12 bytes) | tag (16) | ciphertext`. */
function seal(text: string, binding: readonly string[], key: Buffer): Uint8Array {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(asBytes(binding));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]);
}

/** @throws {Error} when the ciphertext was changed, or made with another binding or another key. */
function unseal(encrypted: Uint8Array, binding: readonly string[], key: Buffer): string {
  const bytes = Buffer.from(encrypted);
  const ciphertext = bytes.subarray(IV_BYTES + TAG_BYTES);
  const iv = bytes.subarray(0, IV_BYTES);
  const decrypter = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(asBytes(binding))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decrypter.update(ciphertext), decrypter.final()]).toString('utf8');
}

/** JSON keeps the values apart, so that no two bindings give the same text. */
function asBytes(binding: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(binding), 'utf8');
}

/** The file that keeps the key, in the data folder. */
export const TOKEN_KEY_FILE = 'token-key';

/**
 * The key of the local token cipher: a new one, or the one in the data folder, with which kept tokens can
 * still be decrypted. Only its owner can read the file.
 *
 * @throws {Error} when the kept key is not 32 bytes long.
 */
export function tokenKey(folder?: string): Buffer {
  if (folder === undefined) return randomBytes(KEY_BYTES);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, TOKEN_KEY_FILE);
  try {
    writeFileSync(file, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
  }
  return readKey(file);
}

function readKey(file: string): Buffer {
  const key = readFileSync(file);
  if (key.length === KEY_BYTES) return key;
  throw new Error(`${file} is not a key of ${KEY_BYTES} bytes: restore it, or remove the folder.`);
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
