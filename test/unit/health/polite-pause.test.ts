import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_PAUSE_MS, politePauseMs } from '../../../functions/health/polite-pause.ts';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');

describe('the pause after 429', () => {
  it.each([
    ['seconds', '2', 2_000],
    ['an HTTP date', 'Sun, 01 Mar 2026 12:00:03 GMT', 3_000],
    ['nothing', undefined, 1_000],
    ['nonsense', 'soon', 1_000],
    ['a date without its zone', '2026-03-01T12:00:03', 1_000],
    ['a minute, for which no sweep waits', '60', undefined],
  ])('follows %s', (_, header, pauseMs) => {
    expect(politePauseMs(header, NOW)).toBe(pauseMs);
  });

  // The second call went out in the same millisecond, to a PIM that had just said that there are too many.
  it.each([
    ['no pause', '0'],
    ['a date that is over', 'Sun, 01 Mar 2026 11:00:00 GMT'],
  ])('is taken although the PIM asks for %s', (_, header) => {
    expect(politePauseMs(header, NOW)).toBe(1_000);
  });

  it('is never long, whatever the header', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.nat().map(String)), (header) => {
        const pauseMs = politePauseMs(header, NOW) ?? LONGEST_PAUSE_MS;
        expect(pauseMs).toBeGreaterThanOrEqual(1_000);
        expect(pauseMs).toBeLessThanOrEqual(LONGEST_PAUSE_MS);
      }),
    );
  });
});
