import { describe, expect, it } from 'vitest';
import type { ColdResult } from '../../bench/cold/measure.ts';
import { jsonLine } from '../../bench/report/json-line.ts';
import { quartiles } from '../../bench/report/quartiles.ts';
import type { WarmResult } from '../../bench/warm/measure.ts';

const TOTALS = {
  empty: 30,
  activate: 81.26,
  activatePlain: 120,
  activateFloor: 53,
  callback: 100.04,
  callbackAgain: 95,
  callbackPlain: 187.5,
  callbackAgainPlain: 180,
  callbackFloor: 64,
  grant: 65,
  shopify: 81.26,
  akeneoSample: 90,
  akeneoSampleCallback: 110,
};

function cold([id, totalMs]: readonly [string, number], index: number): ColdResult {
  const other = quartiles([1]);
  const measured = { readyMs: other, firstMs: other, cpuMs: other, peakRssMiB: other };
  const bundleBytes = 1_000 + index;
  return { id, label: id, bundleBytes, ...measured, totalMs: quartiles([1, totalMs, 1_000]) };
}

const WARM: WarmResult = {
  requestsPerSecond: 1_500,
  p50Ms: 0.8,
  p99Ms: 3.7,
  cpuMs: 0.9,
  sdkCpuMs: 0.8,
  ownCpuMs: 0.1,
  allocatedKiB: 200,
};
function keptWarm(pauseS: number, medians: Readonly<Record<string, number>>) {
  return Object.entries(medians).map(([id, ms]) => ({ id, pauseS, firstMs: quartiles([ms]) }));
}

/** Fractions of 1. */
const SHARES = { with: expect.closeTo(0.02, 1), without: expect.any(Number) };

const RESULTS = {
  node: 'v24',
  runs: 3,
  cold: Object.entries(TOTALS).map(cold),
  warm: { activate: WARM, callback: WARM },
  keptWarm: [
    ...keptWarm(240, { activate: 10, callback: 25, callbackAgain: 20 }),
    ...keptWarm(10, { activate: 5, callback: 5, callbackAgain: 5 }),
  ],
};

/** Holds a simulation of years. */
const line = jsonLine(RESULTS);

describe('the last line under --json', () => {
  // Scripts read this line, and nothing noticed when a name in it changed.
  it('has these members: medians in tenths, ratios of medians in thousandths', () => {
    expect(JSON.parse(line)).toEqual({
      cold: {
        activate: { ms: 81.3, ratioToPlain: 0.677, ratioToFloor: 1.533, ratioToEmpty: 2.709 },
        callback: { ms: 100, ratioToPlain: 0.534, ratioToFloor: 1.563, ratioToEmpty: 3.335 },
        peers: {
          grant: { ms: 65, ratioToOurs: 0.8 },
          shopify: { ms: 81.3, ratioToOurs: 1 },
          akeneoSample: { ms: 90, ratioToOurs: 1.108 },
          akeneoSampleCallback: { ms: 110, ratioToOurs: 1.1 },
        },
      },
      warm: { activate: WARM, callback: WARM },
      journey: {
        openApp: { coldMs: 176.3, warmMs: 30, ratioToPlain: 0.588 },
        connect: { coldMs: 181.3, warmMs: 35, ratioToPlain: 0.59 },
      },
      coldShare: { 10: SHARES, 100: SHARES, 1000: SHARES },
      bundles: { activate: { bytes: 1_001 }, callback: { bytes: 1_004 } },
    });
  });

  it('is one line', () => {
    expect(line).not.toContain('\n');
  });

  it('is an error when a variant is missing', () => {
    const withoutFloor = RESULTS.cold.filter(({ id }) => id !== 'activateFloor');
    expect(() => jsonLine({ ...RESULTS, cold: withoutFloor })).toThrow(
      'The bench did not measure activateFloor.',
    );
  });
});
