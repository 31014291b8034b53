import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bundleAsSynth } from '../bench/bundles/as-synth.ts';
import type { ColdResult } from '../bench/cold/measure.ts';
import { resultOf } from '../bench/report/results.ts';
import { readDocumented } from '../bench/report/write-docs.ts';
import { ENDPOINTS, type Endpoint } from '../bench/techniques/make.ts';
import { AS_DEPLOYED, PLAIN, TECHNIQUES, type Technique } from '../bench/techniques/techniques.ts';

/** How far the page may be from the bundles of today before it has to be renewed. */
const TOLERANCE = 0.01;

const documented = readDocumented();

/** How far the bytes of an endpoint are from the stated ones, as a share of them. */
async function drift(
  technique: Technique,
  endpoint: Endpoint,
  stated: ColdResult | undefined,
): Promise<number> {
  const entry = new URL(`../../functions/handlers/${endpoint}.ts`, import.meta.url);
  const { code } = await bundleAsSynth(fileURLToPath(entry), technique.bundling);
  return Math.abs(Buffer.byteLength(code) / (stated?.bundleBytes ?? 0) - 1);
}

describe('docs/performance.json', () => {
  it.each(ENDPOINTS)('states the bytes of %s, deployed and built plainly', async (endpoint) => {
    const drifts = [
      await drift(AS_DEPLOYED, endpoint, resultOf(documented, endpoint)),
      await drift(PLAIN, endpoint, resultOf(documented, `${endpoint}Plain`)),
    ];
    const renew = 'On a quiet machine: npm run bench -- --write';
    expect(Math.max(...drifts), renew).toBeLessThanOrEqual(TOLERANCE);
  });

  it.each(TECHNIQUES)('states the bytes with this left out: $label', async (technique) => {
    const results = documented.techniques?.results ?? [];
    const stated = results.find(({ leftOut }) => leftOut === technique.label);
    const drifts = [
      await drift(technique, 'activate', stated?.activate),
      await drift(technique, 'callback', stated?.callback),
    ];
    const renew = 'On a quiet machine: npm run bench -- --techniques --write';
    expect(Math.max(...drifts), renew).toBeLessThanOrEqual(TOLERANCE);
  });
});
