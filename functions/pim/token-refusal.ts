import { parseJsonObject } from './json-object.ts';

/** How the PIM's message begins when it does not know a token, and what it adds when the App was disconnected. */
const INVALID_TOKEN = 'The access token provided is invalid.';
const DISCONNECTED = 'Your app has been disconnected from that PIM.';

/**
 * Why a token was refused: a PIM user has disconnected the App; the PIM does not know the token, as after it has issued
 * another; or something else, which says nothing of the token.
 */
export type TokenRefusal = 'disconnected' | 'replaced' | 'other';

/**
 * Reads the body of a 401. Only the PIM's own message counts: an answer that is worded otherwise comes from something
 * before the PIM, such as a proxy that drops the `Authorization` header.
 *
 * @see docs/pim-contract.md §6
 */
export function tokenRefusal(body: string): TokenRefusal {
  const { message } = parseJsonObject(body);
  if (typeof message !== 'string' || !message.startsWith(INVALID_TOKEN)) return 'other';
  return message.includes(DISCONNECTED) ? 'disconnected' : 'replaced';
}
