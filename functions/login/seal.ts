import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a sealed login lies, and what opens it. Both come from one secret, and neither tells the other. */
export interface Place {
  /** The key of its row. It begins with the kind, by which IAM tells rows apart. */
  readonly id: string;
  readonly key: Uint8Array;
}

/** The place of a login that waits for a browser. @param browserKey what the browser's cookie holds. */
export function waitingPlace(browserKey: string, pim: string): Place {
  return place('waiting', browserKey, `\n${pim}`);
}

/** The place of a login that waits for its code. */
export function codePlace(code: string): Place {
  return place('code', code, '');
}

/**
 * One secret of 256 random bits gives the name of the row and the key of the seal, by HKDF. So whoever reads the table
 * learns neither whose the rows are nor what is in them, and finds none without the secret.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc5869 RFC 5869}
 */
function place(kind: 'waiting' | 'code', secret: string, more: string): Place {
  const info = `akeneo-app-activation ${kind}${more}`;
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', info, 2 * KEY_BYTES));
  const id = `${kind}.${bytes.subarray(0, KEY_BYTES).toString('base64url')}`;
  return { id, key: bytes.subarray(KEY_BYTES) };
}

/** Seals JSON: a nonce of 12 bytes, the ciphertext of AES-256-GCM, and its tag of 16 bytes. */
export function seal(value: object, { key }: Place): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const text = cipher.update(JSON.stringify(value), 'utf8');
  return Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens what {@link seal} has sealed.
 *
 * @throws {Error} when it was sealed for another place, or damaged.
 */
export function unseal(sealed: Uint8Array, { key }: Place): unknown {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  return JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8'));
}
