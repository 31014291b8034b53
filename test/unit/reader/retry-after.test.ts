import { describe, expect, it } from 'vitest';
import { ownPauseMs, retryAfterMs } from '../../../reader/fetch/retry-after.ts';

const NOW = Date.parse('2030-01-01T00:00:00Z');

describe('retryAfterMs', () => {
  it.each([
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['Tue, 01 Jan 2030 00:00:03 GMT', 3_000],
    ['Tuesday, 01-Jan-30 00:00:03 GMT', 3_000],
    ['Mon, 31 Dec 2029 23:59:59 GMT', 0],
  ])('reads %s', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });

  it.each([null, '', 'soon', '-1', '1.5', '2030-01-01', 'Tue, 01 Jan 2030 00:00:03'])(
    'does not guess at %s',
    (header) => {
      expect(retryAfterMs(header, NOW)).toBeUndefined();
    },
  );
});

describe('ownPauseMs', () => {
  it.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [4, 4_000, 8_000],
  ])('is, after attempt %i, between %i and %i ms', (attempt, shortest, longest) => {
    for (let sample = 0; sample < 50; sample += 1) {
      const ms = ownPauseMs(attempt);
      expect(ms).toBeGreaterThanOrEqual(shortest);
      expect(ms).toBeLessThanOrEqual(longest);
    }
  });
});
