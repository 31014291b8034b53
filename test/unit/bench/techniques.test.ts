import { describe, expect, it } from 'vitest';
import { BUNDLING } from '../../../infra/bundling/bundling.ts';
import type { ColdResult } from '../../bench/cold/measure.ts';
import { quartiles } from '../../bench/report/quartiles.ts';
import { techniqueTable, worths } from '../../bench/report/technique-table.ts';
import { AS_DEPLOYED, REPLACED, TECHNIQUES } from '../../bench/techniques/techniques.ts';

function cold(bundleBytes: number, totalMs: number, cpuMs: number): ColdResult {
  const ms = quartiles([totalMs]);
  const rest = { readyMs: ms, firstMs: ms, peakRssMiB: ms };
  return { id: 'id', label: 'label', bundleBytes, totalMs: ms, cpuMs: quartiles([cpuMs]), ...rest };
}

const MEASURED = {
  node: 'v24',
  runs: 1,
  results: [
    { leftOut: 'nothing', activate: cold(10_000, 100, 50), callback: cold(20_000, 200, 80) },
    { leftOut: 'minifying', activate: cold(30_000, 110, 60), callback: cold(40_000, 190, 80) },
  ],
};

describe('the techniques', () => {
  it('leave out each module that the bundles replace', () => {
    const modules = Object.values(REPLACED).flatMap(([, ...replaced]) => replaced);
    expect([...new Set(modules)].toSorted()).toEqual(Object.keys(BUNDLING.alias ?? {}).toSorted());
  });

  it('begin with the deployed bundles and change something each', () => {
    const [first, ...others] = TECHNIQUES;
    expect(first).toBe(AS_DEPLOYED);
    const settings = [BUNDLING, ...others.map(({ bundling }) => bundling)];
    expect(new Set(settings.map((one) => JSON.stringify(one))).size).toBe(TECHNIQUES.length);
  });
});

describe('the worth of a technique', () => {
  it('is what it costs to be without it, relative to the deployed bundle', () => {
    expect(worths(MEASURED)).toMatchObject([
      { leftOut: 'nothing', activate: { time: 1, cpu: 1 }, callback: { time: 1, cpu: 1 } },
      {
        leftOut: 'minifying',
        activate: { bytes: 30_000, time: 1.1, cpu: 1.2 },
        callback: { bytes: 40_000, time: 0.95, cpu: 1 },
      },
    ]);
  });

  it('is a line of the table, under which stands how often it was measured', () => {
    const [, , , line, , note] = techniqueTable(MEASURED).split('\n');
    const cells = line?.split('|').map((cell) => cell.trim());
    expect(cells).toEqual(['', 'minifying', '30', '1.10', '1.20', '40', '0.95', '1.00', '']);
    expect(note).toBe('Medians of 1 start each, on Node v24.');
  });

  it('is unknown when nothing was measured', () => {
    expect(() => worths({ ...MEASURED, results: [] })).toThrow('were not measured');
  });
});
