import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../functions/pim/rest-api-refusals.ts';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');

describe('retryAfterMs', () => {
  it.each([
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['Sun, 01 Mar 2026 12:00:03 GMT', 3_000],
    ['Sunday, 01-Mar-26 12:00:03 GMT', 3_000],
    ['Sun, 01 Mar 2026 11:59:59 GMT', 0],
  ])('reads %s', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });

  // It counted as absent, because without a zone it would have been read as local time.
  it.each([
    ['Sun Mar  1 12:00:03 2026', 3_000],
    ['Tue Mar 10 12:00:00 2026', 9 * 86_400_000],
  ])('reads %s, a form that is always UTC', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });

  it.each([
    null,
    undefined,
    '',
    'soon',
    '-1',
    '1.5',
    '2026-03-01',
    'Sun, 01 Mar 2026 12:00:03',
    'Sun Mar 32 12:00:03 2026',
    'Sun Mar  1 2026',
  ])('does not guess at %s', (header) => {
    expect(retryAfterMs(header, NOW)).toBeUndefined();
  });
});
