import { LIMITS } from '../bundles/limits.ts';
import { coldSharesOf, journeys, keptWarmOf } from './journey.ts';
import { type Results, resultOf, totalOf } from './results.ts';

/** What is asked for, and what was measured; `value` may be at most `limit`. */
export interface Target {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
}

/** Ratios of medians of ready plus first response, sizes in bytes, processor time in milliseconds. */
export function targets(results: Results): Target[] {
  const ratio = (one: string, other: string) => totalOf(results, one) / totalOf(results, other);
  const warmRatio = (id: string) =>
    Math.max(...pausesOf(results).map((pauseS) => keptWarmOf(results, id, pauseS))) /
    totalOf(results, id);
  const { openApp } = journeys(results);
  const coldest = Math.max(...coldSharesOf(results).map((shares) => shares.with.share));
  const bytes = (id: string) => resultOf(results, id).bundleBytes;
  return [
    { name: 'activate / plain build', value: ratio('activate', 'activatePlain'), limit: 0.62 },
    { name: 'activate / signed by hand', value: ratio('activate', 'activateFloor'), limit: 1.6 },
    { name: 'callback / plain build', value: ratio('callback', 'callbackPlain'), limit: 0.62 },
    { name: 'callback / signed by hand', value: ratio('callback', 'callbackFloor'), limit: 1.7 },
    { name: 'activate, kept warm / cold', value: warmRatio('activate'), limit: 0.25 },
    { name: 'callback, kept warm / cold', value: warmRatio('callback'), limit: 0.25 },
    { name: '“Open app”, kept warm / cold', value: openApp.warmMs / openApp.coldMs, limit: 0.3 },
    { name: 'opens that meet a cold function', value: coldest, limit: 0.04 },
    { name: 'activate, bytes', value: bytes('activate'), limit: LIMITS.activate },
    { name: 'callback, bytes', value: bytes('callback'), limit: LIMITS.callback },
    { name: 'activate, warm own CPU ms', value: results.warm.activate.ownCpuMs, limit: 1.5 },
    { name: 'callback, warm own CPU ms', value: results.warm.callback.ownCpuMs, limit: 1.5 },
  ];
}

function pausesOf({ keptWarm }: Pick<Results, 'keptWarm'>): readonly number[] {
  return keptWarm.map(({ pauseS }) => pauseS);
}
