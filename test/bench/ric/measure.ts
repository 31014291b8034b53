import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_24 } from '../node24.ts';
import { type Quartiles, quartiles } from '../report/quartiles.ts';
import type { Variant } from '../variants.ts';
import { type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

/** Cold starts under Lambda's own runtime interface client; times count from the start of the process. */
export interface RicResult {
  readonly id: string;
  readonly label: string;
  readonly readyMs: Quartiles;
  readonly totalMs: Quartiles;
}

const FOLDER = new URL('./node_modules/aws-lambda-ric/', import.meta.url);
const CLIENT = fileURLToPath(new URL('index.mjs', FOLDER));

/** The client has a part in C++, so it is there only where that could be compiled. */
export function isRicBuilt(): boolean {
  return existsSync(new URL('rapid-client.node', FOLDER));
}

/** As the other cold starts: each variant `runs` times, in turns. */
export async function measureRic(
  variants: readonly Variant[],
  runs: number,
  environment: Readonly<Record<string, string>>,
  progress: (text: string) => void,
): Promise<RicResult[]> {
  const starts = variants.map((): Start[] => []);
  for (let run = 1; run <= runs; run += 1) {
    progress(`cold starts under the runtime interface client: ${run} of ${runs}`);
    for (const [index, variant] of variants.entries())
      starts[index]?.push(await startRic(variant, environment));
  }
  return variants.map((variant, index) => summary(variant, starts[index] ?? []));
}

function summary({ id, label }: Variant, starts: readonly Start[]): RicResult {
  const of = (value: (start: Start) => number) => quartiles(starts.map(value));
  return {
    id,
    label,
    readyMs: of(({ readyMs }) => readyMs),
    totalMs: of(({ totalMs }) => totalMs),
  };
}

interface Start {
  readonly readyMs: number;
  readonly totalMs: number;
}

/** The runtime gets a port of its own, so that no last word of an earlier one is taken for its first. */
async function startRic(
  variant: Variant,
  environment: Readonly<Record<string, string>>,
): Promise<Start> {
  const api = await startRuntimeApi(variant.event);
  const startedAt = performance.now();
  const child = startRuntime(variant, api, environment);
  const ended = once(child, 'close');
  const endedTooSoon = ended.then(() => {
    throw new Error(`${variant.label} ended under the runtime client without an answer.`);
  });
  const { readyAt, answeredAt, response } = await Promise.race([api.invocation, endedTooSoon]);
  // It would wait for the next event for ever; its end is no news any more.
  endedTooSoon.catch(() => undefined);
  child.kill('SIGKILL');
  await ended;
  api.close();
  if (response.statusCode !== variant.status)
    throw new Error(`${variant.label} answers ${response.statusCode} under the runtime client.`);
  return { readyMs: readyAt - startedAt, totalMs: answeredAt - startedAt };
}

function startRuntime(
  variant: Variant,
  { address }: RuntimeApi,
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  const cwd = dirname(variant.bundle);
  const env = {
    ...environment,
    AWS_LAMBDA_RUNTIME_API: address,
    LAMBDA_TASK_ROOT: cwd,
    _HANDLER: 'index.handler',
  };
  return spawn(NODE_24, [CLIENT, 'index.handler'], { cwd, env, stdio: 'ignore' });
}
