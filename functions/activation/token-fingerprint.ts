import { createHash } from 'node:crypto';
import type { AccessToken } from '../pim/credentials.ts';

/**
 * Tells tokens apart without showing them: 128 bits of a hash under a prefix of its own, in hex. A
 * token has about 256 random bits, so nothing can be guessed from its fingerprint.
 *
 * It differs from key to key as well. So a token that was encrypted under a key which is gone, in a table that was
 * restored beside a new one for instance, looks like another token, and is encrypted anew when the App is opened.
 *
 * @param keyId names the key that encrypts the token.
 */
export function tokenFingerprint(token: AccessToken, keyId: string): string {
  return createHash('sha256')
    .update(`akeneo-app-activation token fingerprint\n${keyId}\n`)
    .update(token.reveal())
    .digest('hex')
    .slice(0, 32);
}
