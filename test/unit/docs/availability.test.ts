import { describe, expect, it } from 'vitest';
import {
  GOAL,
  NEW_ACCOUNT,
  newAccountLoad,
  PATHS,
  refusedShare,
  uptimeOf,
} from '../../../docs/availability.ts';
import { ACTIVATION } from '../../../docs/usage.ts';
import { DEFAULT_THROTTLE } from '../../../infra/configuration/throttle-settings.ts';

describe('what the services give together', () => {
  it('is the product of their commitments', () => {
    expect(uptimeOf([])).toBe(1);
    expect(uptimeOf([{ uptime: 0.9 }, { uptime: 0.5 }])).toBeCloseTo(0.45);
  });

  it('is above the goal for PIM users', () => {
    const [ofTheStack] = PATHS;
    expect(uptimeOf(ofTheStack?.needs ?? [])).toBeGreaterThan(GOAL);
  });
});

describe('the share of refused requests', () => {
  // From published tables of Erlang's formula B.
  it.each([
    [1, 1, 0.5],
    [10, 5, 0.0184],
    [5, 1.36, 0.01],
    [8, 2.05, 0.001],
  ])('with %d functions, of which %d would be busy, is %d', (functions, load, share) => {
    expect(refusedShare(functions, load)).toBeCloseTo(share, 3);
  });
});

describe('the load that a new account survives', () => {
  const { atOnce, perSecond, perMinuteIfSlow } = newAccountLoad();

  it('is let through by the default limits of the gateway', () => {
    expect(atOnce).toBeLessThanOrEqual(DEFAULT_THROTTLE.burstLimit);
    expect(DEFAULT_THROTTLE.burstLimit).toBeLessThanOrEqual(NEW_ACCOUNT);
    expect(perSecond * ACTIVATION.length).toBeLessThanOrEqual(DEFAULT_THROTTLE.rateLimit);
  });

  it('is less while PIMs are slow', () => {
    expect(perMinuteIfSlow).toBeGreaterThan(0);
    expect(perMinuteIfSlow).toBeLessThan(perSecond * 60);
  });
});
