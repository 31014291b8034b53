import { createHash, randomBytes } from 'node:crypto';

/**
 * A random value as the PIM makes its client secrets, codes and tokens: 86 letters and digits, the
 * unpadded base64url of the hexadecimal SHA-256 of 100 random bytes.
 *
 * @see docs/pim-contract.md §2.6
 */
export function randomCode(): string {
  const digest = createHash('sha256').update(randomBytes(100)).digest('hex');
  return Buffer.from(digest).toString('base64url');
}
