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
function drift(technique: Technique, endpoint: Endpoint, stated: ColdResult | undefined): number {
  const entry = new URL(`../../functions/handlers/${endpoint}.ts`, import.meta.url);
  const { code } = bundleAsSynth(fileURLToPath(entry), technique.bundling);
  return Math.abs(Buffer.byteLength(code) / (stated?.bundleBytes ?? 0) - 1);
}

describe('docs/performance.json', () => {
  it.each(ENDPOINTS)('states the bytes of %s, deployed and built plainly', (endpoint) => {
    const drifts = [
      drift(AS_DEPLOYED, endpoint, resultOf(documented, endpoint)),
      drift(PLAIN, endpoint, resultOf(documented, `${endpoint}Plain`)),
    ];
    const renew = 'On a quiet machine: npm run bench -- --write';
    expect(Math.max(...drifts), renew).toBeLessThanOrEqual(TOLERANCE);
  });

  it.each(TECHNIQUES)('states the bytes with this left out: $label', (technique) => {
    const results = documented.techniques?.results ?? [];
    const stated = results.find(({ leftOut }) => leftOut === technique.label);
    const drifts = [
      drift(technique, 'activate', stated?.activate),
      drift(technique, 'callback', stated?.callback),
    ];
    const renew = 'On a quiet machine: npm run bench -- --techniques --write';
    expect(Math.max(...drifts), renew).toBeLessThanOrEqual(TOLERANCE);
  });
});
