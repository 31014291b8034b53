import { statSync } from 'node:fs';
import { type Quartiles, quartiles } from '../report/quartiles.ts';
import type { Variant } from '../variants.ts';
import { type ColdStart, startCold } from './start.ts';

/** The cold starts of a variant, summed up. */
export interface ColdResult {
  readonly id: string;
  readonly label: string;
  readonly bundleBytes: number;
  readonly readyMs: Quartiles;
  readonly firstMs: Quartiles;
  readonly totalMs: Quartiles;
  readonly cpuMs: Quartiles;
  readonly peakRssMiB: Quartiles;
  readonly lessWork?: string;
}

/**
 * Starts every variant `runs` times, one after the other in turns, so that a machine that gets slower for a
 * while slows all of them.
 */
export async function measureCold(
  variants: readonly Variant[],
  runs: number,
  environment: Readonly<Record<string, string>>,
  progress: (text: string) => void,
): Promise<ColdResult[]> {
  const starts = variants.map((): ColdStart[] => []);
  for (let run = 1; run <= runs; run += 1) {
    progress(`cold starts: ${run} of ${runs}`);
    for (const [index, variant] of variants.entries())
      starts[index]?.push(await startCold(variant, environment));
  }
  return variants.map((variant, index) => summary(variant, starts[index] ?? []));
}

function summary(
  { id, label, bundle, lessWork }: Variant,
  starts: readonly ColdStart[],
): ColdResult {
  const of = (value: (start: ColdStart) => number) => quartiles(starts.map(value));
  return {
    id,
    label,
    bundleBytes: statSync(bundle).size,
    readyMs: of(({ readyMs }) => readyMs),
    firstMs: of(({ readyMs, totalMs }) => totalMs - readyMs),
    totalMs: of(({ totalMs }) => totalMs),
    cpuMs: of(({ cpuMs }) => cpuMs),
    peakRssMiB: of(({ peakRssKiB }) => peakRssKiB / 1024),
    ...(lessWork !== undefined && { lessWork }),
  };
}
