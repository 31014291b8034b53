import { parseJsonObject } from './send.ts';

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
 * in front of the PIM, such as a proxy that drops the `Authorization` header.
 *
 * @see docs/pim-contract.md §6
 */
export function tokenRefusal(body: string): TokenRefusal {
  const { message } = parseJsonObject(body);
  if (typeof message !== 'string' || !message.startsWith(INVALID_TOKEN)) return 'other';
  return message.includes(DISCONNECTED) ? 'disconnected' : 'replaced';
}

/** The form of C's `asctime`, such as `Sun Nov  6 08:49:37 1994`. */
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/**
 * How long a server asks us to wait, in milliseconds, 0 for a date that is over; `undefined` when it does not say, or
 * not in a form that the standard knows: whole seconds, or a date in one of three spellings.
 *
 * @param header `Retry-After` as it came.
 * @param now epoch milliseconds.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 RFC 9110, section 10.2.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 RFC 9110, section 5.6.7} for the dates
 */
export function retryAfterMs(header: string | null | undefined, now: number): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = httpDate(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Every form is UTC. `Date.parse` would take a text without a zone, as that of `asctime` is, for local time. */
function httpDate(value: string): number {
  if (ASCTIME.test(value)) return Date.parse(`${value} GMT`);
  return value.endsWith(' GMT') ? Date.parse(value) : Number.NaN;
}
