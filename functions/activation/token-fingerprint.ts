import { createHash } from 'node:crypto';
import type { AccessToken } from '../pim/credentials.ts';

/**
 * Tells tokens apart without showing them: 128 bits of a hash under a prefix of its own, in hex. A
 * token has about 256 random bits, so nothing can be guessed from its fingerprint.
 */
export function tokenFingerprint(token: AccessToken): string {
  return createHash('sha256')
    .update('akeneo-app-activation token fingerprint\n')
    .update(token.reveal())
    .digest('hex')
    .slice(0, 32);
}
