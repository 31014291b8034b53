import { type ColdShares, type ServiceTimes, simulateColdShares } from '../cold-share.ts';
import { markdownTable } from './markdown-table.ts';
import { type Measured, totalOf } from './results.ts';

/** Both functions of an activation, one after the other, without the PIM between them; service time in milliseconds. */
export interface Journey {
  readonly coldMs: number;
  readonly warmMs: number;
  /** Cold, built the plain way. */
  readonly plainMs: number;
}

/** The first “Connect”, and “Open app” later. Sums of the medians of activate and callback. */
export function journeys(results: Measured): Readonly<Record<'openApp' | 'connect', Journey>> {
  return { openApp: journey(results, 'callbackAgain'), connect: journey(results, 'callback') };
}

function journey(results: Measured, callback: 'callback' | 'callbackAgain'): Journey {
  return {
    coldMs: totalOf(results, 'activate') + totalOf(results, callback),
    warmMs: keptWarmOf(results, 'activate') + keptWarmOf(results, callback),
    plainMs: totalOf(results, 'activatePlain') + totalOf(results, `${callback}Plain`),
  };
}

/**
 * The first request of a function that was kept warm, after the longest pause: the median, in milliseconds.
 *
 * @throws {Error} for a variant that was not measured.
 */
export function keptWarmOf(
  { keptWarm }: Pick<Measured, 'keptWarm'>,
  id: string,
  pauseS = Math.max(...keptWarm.map((kept) => kept.pauseS)),
): number {
  const found = keptWarm.find((kept) => kept.id === id && kept.pauseS === pauseS);
  if (!found) throw new Error(`The bench did not keep ${id} warm for ${pauseS} s.`);
  return found.firstMs.median;
}

/** What people would wait for with the times that were measured here. */
export function coldSharesOf(results: Measured): readonly ColdShares[] {
  const times: ServiceTimes = {
    coldMs: {
      activate: totalOf(results, 'activate'),
      callback: totalOf(results, 'callbackAgain'),
    },
    warmMs: {
      activate: keptWarmOf(results, 'activate'),
      callback: keptWarmOf(results, 'callbackAgain'),
    },
  };
  return simulateColdShares(times);
}

/** The journeys, for docs/performance.md. */
export function journeyTable(results: Measured): string {
  const { openApp, connect } = journeys(results);
  const rows = Object.entries({ '“Open app”': openApp, 'the first “Connect”': connect }).map(
    ([name, { coldMs, warmMs, plainMs }]) => [
      name,
      ...[coldMs, warmMs, plainMs].map((ms) => ms.toFixed(0)),
      (warmMs / coldMs).toFixed(2),
      (coldMs / plainMs).toFixed(2),
    ],
  );
  return markdownTable(
    ['', 'cold ms', 'kept warm ms', 'plain build, cold ms', 'warm to cold', 'cold to plain'],
    rows,
  );
}

/** The first requests after a pause, for docs/performance.md: milliseconds, and the ratio to a cold start. */
export function keptWarmTable(results: Measured): string {
  const pauses = [...new Set(results.keptWarm.map(({ pauseS }) => pauseS))];
  const rows = ['activate', 'callback', 'callbackAgain'].map((id) => [
    id === 'callbackAgain' ? 'callback, opened again' : id,
    ...pauses.map((pauseS) => {
      const ms = keptWarmOf(results, id, pauseS);
      return `${ms.toFixed(1)} (${(ms / totalOf(results, id)).toFixed(2)})`;
    }),
  ]);
  return markdownTable(['', ...pauses.map((pauseS) => `after ${pauseS} s`)], rows);
}

/** The simulated opens, for docs/performance.md. */
export function coldShareTable(results: Measured): string {
  const rows = coldSharesOf(results).map(({ opensPerDay, ...simulated }) => [
    opensPerDay.toLocaleString('en'),
    ...[simulated.without, simulated.with].flatMap(({ share, meanMs }) => [
      `${(share * 100).toFixed(1)} %`,
      meanMs.toFixed(0),
    ]),
  ]);
  const header = ['opens a day', 'cold without it', 'mean ms', 'cold with it', 'mean ms'];
  return markdownTable(header, rows);
}
