import { parseUrl } from '../../functions/pim/parse-url.ts';
import { isLoopback } from '../../functions/pim/pim-url.ts';
import { usageError } from '../operator-error.ts';
import type { Stack } from '../stack.ts';

/** Longer addresses make no header that every browser takes. */
const MAX_LENGTH = 2048;

/**
 * Reads where users are sent after connecting; the result is what the callback puts in its `Location`.
 *
 * @throws {OperatorError} unless it is an absolute https URL; plain http passes on a loopback host in development.
 */
export function parseAppUrl(raw: string, stage: Stack['stage']): string {
  const url = parseUrl(raw);
  if (!url || !isAllowed(url, stage)) throw refused('It must be an absolute https:// address.');
  if (url.username !== '' || url.password !== '')
    throw refused('It must not hold a user name or password.');
  if (url.href.length > MAX_LENGTH) throw refused('It is longer than 2,048 characters.');
  return url.href;
}

function isAllowed(url: URL, stage: Stack['stage']): boolean {
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && stage === 'development' && isLoopback(url.hostname);
}

/** The address is not quoted: it may hold a password. */
function refused(reason: string): Error {
  return usageError(
    `The App URL cannot be used. ${reason}`,
    'Give the page of your App where users go after connecting: --app-url https://app.example.com/welcome',
  );
}
