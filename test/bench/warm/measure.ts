import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Bundles } from '../bundles/bundles.ts';
import { activateEvent, callbackEvent } from '../events.ts';
import { NODE_24 } from '../node24.ts';
import { quantile } from '../report/quartiles.ts';

/** Warm requests of one endpoint. */
export interface WarmResult {
  /** With 16 requests under way at once. */
  readonly requestsPerSecond: number;
  /** One request after the other. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMs: number;
  /** Of the SDK's calls alone, in the same process. */
  readonly sdkCpuMs: number;
  /** The difference: what is our own. */
  readonly ownCpuMs: number;
  readonly allocatedKiB: number;
}

export type WarmResults = Readonly<Record<'activate' | 'callback', WarmResult>>;

interface Measured {
  readonly latencies: readonly number[];
  readonly cpuMs: readonly number[];
  readonly sdkCpuMs: readonly number[];
  readonly requestsPerSecond: number;
  readonly allocatedKiB: number;
}

const PROBE = fileURLToPath(new URL('./probe.mjs', import.meta.url));

/** A young generation that holds all of the counted requests, so that a difference of heaps is what they allocated. */
const FLAGS = ['--expose-gc', '--min-semi-space-size=64', '--max-semi-space-size=64'];

/** @param requests of each endpoint, one after the other and then at once. */
export async function measureWarm(
  bundles: Bundles,
  services: string,
  requests: number,
  environment: Readonly<Record<string, string>>,
): Promise<WarmResults> {
  const events = { activate: activateEvent(services), callback: callbackEvent('connect') };
  const env = { ...environment, BENCH_WARM: JSON.stringify({ bundles, events, requests }) };
  const child = spawn(NODE_24, [...FLAGS, PROBE], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  let text = '';
  child.stdio[3]?.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  await once(child, 'close');
  if (!text) throw new Error('The warm requests ended without a result.');
  const { activate, callback } = JSON.parse(text) as Record<keyof WarmResults, Measured>;
  return { activate: summary(activate), callback: summary(callback) };
}

function summary(measured: Measured): WarmResult {
  const cpuMs = quantile(measured.cpuMs, 0.5);
  const sdkCpuMs = quantile(measured.sdkCpuMs, 0.5);
  return {
    requestsPerSecond: measured.requestsPerSecond,
    p50Ms: quantile(measured.latencies, 0.5),
    p99Ms: quantile(measured.latencies, 0.99),
    cpuMs,
    sdkCpuMs,
    ownCpuMs: cpuMs - sdkCpuMs,
    allocatedKiB: measured.allocatedKiB,
  };
}
