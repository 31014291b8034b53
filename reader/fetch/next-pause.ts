import { retryAfterMs } from '../../functions/pim/retry-after.ts';

/** The longest first pause of our own; it doubles from there. Milliseconds. */
const FIRST_PAUSE_MS = 1_000;

/**
 * How long to wait before a call that was answered with 429 is sent again, in milliseconds: what the PIM asks for, but
 * no less than a pause of our own. A PIM that asks for none, or for a date that is over by our clock, would otherwise
 * get all attempts within milliseconds.
 *
 * @param attempt how many attempts there were, from 1.
 * @param retryAfter the header, `null` if there is none.
 * @param now epoch milliseconds.
 */
export function nextPauseMs(attempt: number, retryAfter: string | null, now: number): number {
  return Math.max(retryAfterMs(retryAfter, now) ?? 0, ownPauseMs(attempt));
}

/** Doubled each time, and random in its upper half, so that calls that were refused together do not come back together. */
function ownPauseMs(attempt: number): number {
  const longest = FIRST_PAUSE_MS * 2 ** (attempt - 1);
  return Math.round(longest * (0.5 + Math.random() / 2));
}
