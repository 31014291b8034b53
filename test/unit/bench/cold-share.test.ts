import { describe, expect, it } from 'vitest';
import { type ColdShares, RATES, simulateColdShares } from '../../bench/cold-share.ts';

const TIMES = {
  coldMs: { activate: 80, callback: 100 },
  warmMs: { activate: 10, callback: 20 },
};
const shares = simulateColdShares(TIMES, 2_000);

function at(rate: number): ColdShares {
  const found = shares.find(({ opensPerDay }) => opensPerDay === rate);
  if (!found) throw new Error(`${rate} opens a day were not simulated`);
  return found;
}

describe('the simulated opens', () => {
  it('meet cold functions as often as the chance of a long pause says', () => {
    // The share of pauses of ten minutes and more, of which each function begins anew after.
    for (const rate of [10, 100])
      expect(at(rate).without.share).toBeCloseTo(Math.exp(-rate / 144), 1);
    expect(at(1_000).without.share).toBeLessThan(0.05);
  });

  it('rarely meet one that the schedule keeps warm', () => {
    for (const rate of RATES) expect(at(rate).with.share, String(rate)).toBeLessThan(0.06);
  });

  it('wait for both functions, cold or warm', () => {
    for (const { with: kept, without } of shares)
      for (const { share, meanMs } of [kept, without]) {
        expect(meanMs).toBeGreaterThanOrEqual(30);
        expect(meanMs).toBeLessThanOrEqual(30 + 150 * share);
      }
  });

  it('are the same in every run', () => {
    expect(simulateColdShares(TIMES, 2_000)).toEqual(shares);
  });
});
