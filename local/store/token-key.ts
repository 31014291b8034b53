import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEY_BYTES } from './local-token-cipher.ts';

/** Name of the file that keeps the key, in the folder of the data. */
export const TOKEN_KEY_FILE = 'token-key';

/**
 * The key of the local token cipher: new for each start, or kept beside the data so that kept tokens can
 * still be read. The file is readable by its owner alone.
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
