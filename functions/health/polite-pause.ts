/** How long to wait when the PIM does not say. */
const USUAL_PAUSE_MS = 1_000;

/** A PIM that wants a longer pause is left alone until the next sweep. */
export const LONGEST_PAUSE_MS = 5_000;

/**
 * How long to wait, in milliseconds, before asking a PIM again that answered 429; `undefined` when it
 * wants more than five seconds, for which a sweep does not wait.
 *
 * @param retryAfter the header: whole seconds or an HTTP date; anything else counts as absent.
 * @param now epoch milliseconds.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 RFC 9110, section 10.2.3}
 */
export function politePauseMs(retryAfter: string | undefined, now: number): number | undefined {
  const asked = askedPauseMs(retryAfter?.trim() ?? '', now);
  const pauseMs = asked === undefined ? USUAL_PAUSE_MS : Math.max(0, asked);
  return pauseMs <= LONGEST_PAUSE_MS ? pauseMs : undefined;
}

function askedPauseMs(value: string, now: number): number | undefined {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Without the zone the text would be read as local time.
  const date = value.endsWith(' GMT') ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : date - now;
}
