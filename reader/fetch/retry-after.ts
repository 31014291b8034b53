/** The first pause when the PIM does not say how long to wait; it doubles from there. Milliseconds. */
const FIRST_PAUSE_MS = 1_000;

/**
 * How long the PIM wants us to wait, in milliseconds: whole seconds or an HTTP date. `undefined` when it does not say,
 * or not in a form that the standard knows.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 RFC 9110, section 10.2.3}
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Without the zone the text would be read as local time.
  const date = value.endsWith(' GMT') ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * A pause of our own, in milliseconds: doubled each time, and random in its upper half, so that calls that were refused
 * together do not come back together.
 *
 * @param attempt how many attempts there were, from 1.
 */
export function ownPauseMs(attempt: number): number {
  const longest = FIRST_PAUSE_MS * 2 ** (attempt - 1);
  return Math.round(longest * (0.5 + Math.random() / 2));
}
