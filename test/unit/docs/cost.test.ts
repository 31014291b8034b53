import { describe, expect, it } from 'vitest';
import { ADDED, flood, ITEMS, monthlyCost, priceOf, SIZES, type Size } from '../../../docs/cost.ts';
import { PRICES } from '../../../docs/prices.ts';

const [SMALL, , LARGE] = SIZES as readonly [Size, Size, Size];

/** The alarms of a deployment that watches all that it can, which are not there yet. */
const ALARMS_TO_COME = 15 * PRICES.alarmMetrics.usd;

function costOf(name: string, size: Size): number {
  const item = [...ITEMS, ...ADDED].find((one) => one.name.startsWith(name));
  if (!item) throw new Error(`No row is named ${name}.`);
  return priceOf(item.usage(size));
}

describe('a month', () => {
  it('costs at most 8 dollars for 100 activations and 5 custom Apps', () => {
    expect(SMALL).toEqual({ activations: 100, apps: 5 });
    expect(monthlyCost(SMALL) + ALARMS_TO_COME).toBeLessThanOrEqual(8);
  });

  it('costs at most 75 dollars for a million activations and 500 custom Apps', () => {
    expect(LARGE).toEqual({ activations: 1_000_000, apps: 500 });
    expect(monthlyCost(LARGE) + ALARMS_TO_COME).toBeLessThanOrEqual(75);
  });

  it('costs the sum of its rows', () => {
    const sum = ITEMS.reduce((total, { usage }) => total + priceOf(usage(LARGE)), 0);
    expect(monthlyCost(LARGE)).toBeCloseTo(sum);
  });
});

describe('a price', () => {
  it('is multiplied by what is used', () => {
    expect(priceOf({})).toBe(0);
    expect(priceOf({ keys: 2, kmsRequests: 20_000 })).toBeCloseTo(2 + 0.06);
    expect(priceOf({ metricHours: 730 })).toBeCloseTo(0.3);
  });
});

describe('a metric', () => {
  const metrics = (activations: number) => costOf('CloudWatch metrics', { activations, apps: 0 });

  it('costs nothing in the hours in which it gets no data', () => {
    const ofSweeps = metrics(0);
    // One activation: three outcomes, three durations, three counts of the event, and 0.15 of what goes wrong.
    expect(metrics(1) - ofSweeps).toBeCloseTo((9.15 * 0.3) / 730);
  });

  it('costs no more when it gets more data than there are hours', () => {
    expect(metrics(100_000_000)).toBeCloseTo(metrics(10_000_000));
  });
});

describe('what comes on top', () => {
  it('is a dashboard, and 24 metrics of routes in the hours in which they get data', () => {
    expect(costOf('`monitoring=full`', { activations: 0, apps: 0 })).toBe(3);
    expect(costOf('`monitoring=full`', LARGE)).toBeCloseTo(3 + 24 * 0.3);
  });

  it('is the lines of a flood, above all', () => {
    const { logGb = 0, logGbMonths = 0, ...others } = flood();
    expect(priceOf({ logGb, logGbMonths })).toBeGreaterThan(priceOf(others));
  });
});
