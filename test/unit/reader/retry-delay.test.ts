import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../../reader/rate-limit.ts';

const NOW = Date.parse('2030-01-01T00:00:00Z');

/** The shortest and the longest of fifty delays. */
function range(attempt: number, retryAfter: string | null) {
  const samples = Array.from({ length: 50 }, () => retryDelayMs(attempt, retryAfter, NOW));
  return { shortest: Math.min(...samples), longest: Math.max(...samples) };
}

describe('retryDelayMs', () => {
  it.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [4, 4_000, 8_000],
  ])(
    'is, after attempt %i, between %i and %i ms when the PIM does not say',
    (attempt, from, to) => {
      const { shortest, longest } = range(attempt, null);
      expect(shortest).toBeGreaterThanOrEqual(from);
      expect(longest).toBeLessThanOrEqual(to);
      expect(shortest).not.toBe(longest);
    },
  );

  it('is what the PIM asks for when that is longer', () => {
    expect(range(1, '3')).toEqual({ shortest: 3_000, longest: 3_000 });
  });

  it.each(['0', '1', 'Mon, 31 Dec 2029 23:59:59 GMT'])(
    'is no shorter because the PIM asks for %s',
    (retryAfter) => {
      expect(range(3, retryAfter).shortest).toBeGreaterThanOrEqual(2_000);
    },
  );
});
