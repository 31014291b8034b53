import type { ColdResult } from '../cold/measure.ts';
import type { TechniqueResults } from '../techniques/measure.ts';
import { markdownTable } from './markdown-table.ts';

/** What leaving a technique out costs an endpoint; ratios are of medians, to the bundle as it is deployed. */
export interface Worth {
  readonly bytes: number;
  /** Of ready plus first response. Above 1: slower without the technique. */
  readonly time: number;
  /** Of processor time. */
  readonly cpu: number;
}

/** Every technique left out, compared with the first result, of which nothing is. */
export function worths({
  results,
}: TechniqueResults): { leftOut: string; activate: Worth; callback: Worth }[] {
  const [deployed] = results;
  if (!deployed) throw new Error('The techniques were not measured.');
  return results.map(({ leftOut, activate, callback }) => ({
    leftOut,
    activate: worth(activate, deployed.activate),
    callback: worth(callback, deployed.callback),
  }));
}

/** The table of docs/performance.md. */
export function techniqueTable(techniques: TechniqueResults): string {
  const columns = (name: string) => [`${name} KB`, 'ready + first', 'CPU'];
  const header = ['left out', ...columns('activate'), ...columns('callback')];
  const rows = worths(techniques).map(({ leftOut, activate, callback }) => [
    leftOut,
    ...cells(activate),
    ...cells(callback),
  ]);
  return `${markdownTable(header, rows)}\n\nMedians of ${starts(techniques)} each, on Node ${techniques.node}.`;
}

/** The last line under `--json`. */
export function techniqueLine(techniques: TechniqueResults): string {
  return JSON.stringify({ runs: techniques.runs, techniques: worths(techniques) });
}

function starts({ runs }: TechniqueResults): string {
  return runs === 1 ? '1 start' : `${runs} starts`;
}

function worth(without: ColdResult, deployed: ColdResult): Worth {
  const ratio = (of: (result: ColdResult) => number) =>
    Number((of(without) / of(deployed)).toFixed(3));
  return {
    bytes: without.bundleBytes,
    time: ratio(({ totalMs }) => totalMs.median),
    cpu: ratio(({ cpuMs }) => cpuMs.median),
  };
}

function cells({ bytes, time, cpu }: Worth): string[] {
  return [(bytes / 1000).toFixed(0), time.toFixed(2), cpu.toFixed(2)];
}
