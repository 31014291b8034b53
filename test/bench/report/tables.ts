import type { ColdResult } from '../cold/measure.ts';
import { coldShareTable, journeyTable, keptWarmTable } from './journey.ts';
import { markdownTable } from './markdown-table.ts';
import type { Quartiles } from './quartiles.ts';
import { type Documented, type Results, totalOf } from './results.ts';
import { targets } from './targets.ts';
import { techniqueTable } from './technique-table.ts';

/** The results as tables of Markdown, by the name of their place in docs/performance.md. */
export function tables(results: Documented): Readonly<Record<string, string>> {
  return {
    cold: coldTable(results),
    ...(results.ric && { ric: ricTable(results.ric) }),
    warm: warmTable(results),
    keptWarm: keptWarmTable(results),
    journey: journeyTable(results),
    coldShare: coldShareTable(results),
    targets: targetTable(results),
    peers: peerList(results),
    ...(results.techniques && { techniques: techniqueTable(results.techniques) }),
  };
}

function coldTable(results: Results): string {
  const empty = totalOf(results, 'empty');
  return markdownTable(
    [
      'variant',
      'bundle KB',
      'ready ms',
      'first ms',
      'ready + first ms',
      'to empty',
      'CPU ms',
      'peak MiB',
    ],
    results.cold.map((result) => [
      result.label,
      kilobytes(result),
      range(result.readyMs),
      range(result.firstMs),
      range(result.totalMs),
      (result.totalMs.median / empty).toFixed(2),
      result.cpuMs.median.toFixed(0),
      result.peakRssMiB.median.toFixed(0),
    ]),
  );
}

function ricTable(ric: NonNullable<Results['ric']>): string {
  const rows = ric.map(({ label, readyMs, totalMs }) => [label, range(readyMs), range(totalMs)]);
  return markdownTable(['variant', 'asks for its first event, ms', 'has answered it, ms'], rows);
}

function warmTable({ warm }: Results): string {
  const header = [
    '',
    'requests/s',
    'p50 ms',
    'p99 ms',
    'CPU ms',
    'of it the SDK’s calls',
    'own',
    'allocated KiB',
  ];
  const rows = (['activate', 'callback'] as const).map((id) => {
    const { requestsPerSecond, p50Ms, p99Ms, cpuMs, sdkCpuMs, ownCpuMs, allocatedKiB } = warm[id];
    const times = [p50Ms, p99Ms, cpuMs, sdkCpuMs, ownCpuMs].map((ms) => ms.toFixed(2));
    return [id, requestsPerSecond.toFixed(0), ...times, allocatedKiB.toFixed(0)];
  });
  return markdownTable(header, rows);
}

function targetTable(results: Results): string {
  const number = (value: number) => (value > 1000 ? String(value) : value.toFixed(2));
  const rows = targets(results).map(({ name, value, limit }) => [
    name,
    number(value),
    number(limit),
    value <= limit ? 'holds' : '**missed**',
  ]);
  return markdownTable(['target', 'measured', 'at most', ''], rows);
}

function peerList({ cold }: Results): string {
  const peers = cold.filter(({ lessWork }) => lessWork !== undefined);
  return peers.map(({ label, lessWork }) => `- ${label}: ${lessWork}.`).join('\n');
}

/** The median, and the quartiles around it. */
function range({ lower, median, upper }: Quartiles): string {
  return `${median.toFixed(0)} (${lower.toFixed(0)}–${upper.toFixed(0)})`;
}

function kilobytes({ bundleBytes }: ColdResult): string {
  return (bundleBytes / 1000).toFixed(bundleBytes < 10_000 ? 1 : 0);
}
