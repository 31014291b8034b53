import { retryAfterMs } from '../pim/rest-api-refusals.ts';

/** How long to wait at least; enough for a limit that is counted by the second. */
const USUAL_PAUSE_MS = 1_000;

/** A PIM that wants a longer pause is left alone until the next sweep. */
export const LONGEST_PAUSE_MS = 5_000;

/**
 * How long to wait, in milliseconds, before asking a PIM again that answered 429; `undefined` when it
 * wants more than five seconds, for which a sweep does not wait.
 *
 * It is never less than a second: a PIM that has just said “too many” and asks for no pause is busy all the same.
 *
 * @param retryAfter the header; what {@link retryAfterMs} does not know counts as absent.
 * @param now epoch milliseconds.
 */
export function politePauseMs(retryAfter: string | undefined, now: number): number | undefined {
  const pauseMs = Math.max(retryAfterMs(retryAfter, now) ?? 0, USUAL_PAUSE_MS);
  return pauseMs <= LONGEST_PAUSE_MS ? pauseMs : undefined;
}
