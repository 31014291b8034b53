import { LIMITS } from '../bundles/limits.ts';
import { type Results, resultOf, totalOf } from './results.ts';

/** What issue 5 asks for, and what was measured; `value` may be at most `limit`. */
export interface Target {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
}

/** Ratios of medians of ready plus first response, sizes in bytes, processor time in milliseconds. */
export function targets(results: Results): Target[] {
  const ratio = (one: string, other: string) => totalOf(results, one) / totalOf(results, other);
  const bytes = (id: string) => resultOf(results, id).bundleBytes;
  return [
    { name: 'activate / plain build', value: ratio('activate', 'activatePlain'), limit: 0.72 },
    { name: 'activate / signed by hand', value: ratio('activate', 'activateFloor'), limit: 2 },
    { name: 'callback / plain build', value: ratio('callback', 'callbackPlain'), limit: 0.75 },
    { name: 'callback / signed by hand', value: ratio('callback', 'callbackFloor'), limit: 2 },
    { name: 'activate, bytes', value: bytes('activate'), limit: LIMITS.activate },
    { name: 'callback, bytes', value: bytes('callback'), limit: LIMITS.callback },
    { name: 'activate, warm own CPU ms', value: results.warm.activate.ownCpuMs, limit: 1.5 },
    { name: 'callback, warm own CPU ms', value: results.warm.callback.ownCpuMs, limit: 1.5 },
  ];
}
