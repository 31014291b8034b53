import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many random bytes the keys of the local KMS are made from. */
export const KEY_BYTES = 32;

/** The file that keeps the key, in the data folder. */
export const TOKEN_KEY_FILE = 'token-key';

/**
 * The secret of the local KMS: a new one, or the one in the data folder, with which kept tokens can still be decrypted.
 * Only its owner can read the file.
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
