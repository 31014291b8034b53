import {
  IncorrectKeyException,
  InvalidCiphertextException,
  KMSServiceException,
} from '@aws-sdk/client-kms';
import { ConnectionError, type ConnectionErrorContext } from '../errors/connection-error.ts';
import { nameOf, presentableCause, serviceError } from '../errors/service-error.ts';

/** Opening the App stores the token anew if the key has changed. If not, only another token replaces the ciphertext. */
const NEXT =
  'Let a PIM user open the App once; if it stays, let them disconnect the App in the PIM and connect it again.';

/**
 * Says what a failed decryption means: KMS that refuses or fails is one thing, a ciphertext that is not of this
 * connection another.
 */
export function decryptionError(error: unknown, context: ConnectionErrorContext): ConnectionError {
  if (isAboutKms(error))
    return serviceError({ action: 'kms:Decrypt', grant: 'grantRead' }, error, context);
  const message = `The stored token of ${context.pim} does not decrypt (${nameOf(error)}). ${NEXT}`;
  const cause = presentableCause(error);
  return new ConnectionError('token_unreadable', message, { ...context, cause });
}

/** Everything but the two answers about the ciphertext itself; the network's failures count as KMS's. */
function isAboutKms(error: unknown): boolean {
  if (error instanceof InvalidCiphertextException) return false;
  if (error instanceof IncorrectKeyException) return false;
  return error instanceof KMSServiceException || isOfSdk(error);
}

/** The SDK leaves this on whatever it throws after a request was made. */
function isOfSdk(error: unknown): boolean {
  return error instanceof Error && '$metadata' in error;
}
