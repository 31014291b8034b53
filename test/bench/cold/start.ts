import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { NODE_24 } from '../node24.ts';
import type { Variant } from '../variants.ts';

/** One cold start. Times count from the start of the process, in milliseconds. */
export interface ColdStart {
  readonly readyMs: number;
  /** Ready and the first response. */
  readonly totalMs: number;
  /** What the processor worked, on all threads. */
  readonly cpuMs: number;
  readonly peakRssKiB: number;
  readonly response: {
    readonly statusCode: number;
    readonly headers?: Readonly<Record<string, string>>;
  };
}

const PROBE = fileURLToPath(new URL('./probe.mjs', import.meta.url));

/**
 * Starts a fresh process that sees nothing but what Lambda would give it, and lets it answer one event.
 *
 * @throws {Error} with what the process wrote if it ended without an answer.
 */
export async function startCold(
  variant: Variant,
  environment: Readonly<Record<string, string>>,
): Promise<ColdStart> {
  const env = { ...environment, BENCH_BUNDLE: variant.bundle, BENCH_EVENT: variant.event };
  const child = spawn(NODE_24, [PROBE], { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  const texts = ['', '', ''];
  child.stdio.slice(1).forEach((stream, index) => {
    stream?.on('data', (chunk: Buffer) => {
      texts[index] += chunk.toString('utf8');
    });
  });
  await once(child, 'close');
  const [, errors, answer] = texts;
  if (!answer) throw new Error(`${variant.label} gave no answer.\n${errors}`);
  return JSON.parse(answer) as ColdStart;
}

/** Of the Node that is measured, such as `v24.21.0`. */
export async function nodeVersion(): Promise<string> {
  return (await promisify(execFile)(NODE_24, ['--version'])).stdout.trim();
}
