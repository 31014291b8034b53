import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { KEEP_WARM_EVENT } from '../../../functions/http/request.ts';
import { NODE_24 } from '../node24.ts';
import { type Quartiles, quartiles } from '../report/quartiles.ts';
import type { Services } from '../services/services.ts';
import type { Variant } from '../variants.ts';

/** The first requests of a variant after it was kept warm. */
export interface KeptWarmResult {
  readonly id: string;
  /** Between the schedule's event and the request, in seconds. */
  readonly pauseS: number;
  readonly firstMs: Quartiles;
}

/** Ours, whose first request after a pause is measured. */
const KEPT_WARM = ['activate', 'callback', 'callbackAgain'];

/**
 * Measures the first request after the schedule's event, for each pause. As on Lambda, the process does not run in the
 * pause. AWS closes idle connections meanwhile, so the services close every one.
 *
 * All processes wait at the same time, and are asked one after the other.
 */
export async function measureKeptWarm(
  variants: readonly Variant[],
  { pausesS, runs }: { readonly pausesS: readonly number[]; readonly runs: number },
  environment: Readonly<Record<string, string>>,
  services: Services,
  progress: (text: string) => void,
): Promise<KeptWarmResult[]> {
  const kept = variants.filter(({ id }) => KEPT_WARM.includes(id));
  const results: KeptWarmResult[] = [];
  for (const pauseS of pausesS) {
    progress(`first requests ${pauseS} s after the schedule's event: ${runs} of each endpoint`);
    const started: KeptProcess[] = [];
    for (const variant of kept)
      for (let run = 0; run < runs; run += 1)
        started.push(await KeptProcess.start(variant, environment));
    for (const one of started) one.stop();
    await services.closeConnections();
    await new Promise((resolve) => setTimeout(resolve, pauseS * 1_000));
    // In turns, so that a machine that gets slower for a while slows all of them.
    const times = new Map<string, number[]>(kept.map(({ id }) => [id, []]));
    for (const one of inTurns(started, runs)) times.get(one.variant.id)?.push(await one.request());
    for (const { id } of kept)
      results.push({ id, pauseS, firstMs: quartiles(times.get(id) ?? []) });
  }
  return results;
}

function inTurns<T>(items: readonly T[], runs: number): T[] {
  return items
    .map((item, index) => ({ item, turn: index % runs }))
    .sort((one, other) => one.turn - other.turn)
    .map(({ item }) => item);
}

const PROBE = fileURLToPath(new URL('./probe.mjs', import.meta.url));

/** A function in a process of its own that has answered the schedule. */
class KeptProcess {
  readonly variant: Variant;
  readonly #child: ChildProcess;
  #text = '';

  private constructor(variant: Variant, child: ChildProcess) {
    this.variant = variant;
    this.#child = child;
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString('utf8');
    });
  }

  /** @throws {Error} when the process ends before it is warm. */
  static async start(
    variant: Variant,
    environment: Readonly<Record<string, string>>,
  ): Promise<KeptProcess> {
    const env = {
      ...environment,
      BENCH_BUNDLE: variant.bundle,
      BENCH_EVENT: variant.event,
      BENCH_KEEP_WARM: JSON.stringify(KEEP_WARM_EVENT),
    };
    const child = spawn(NODE_24, [PROBE], { env, stdio: ['pipe', 'ignore', 'inherit', 'pipe'] });
    const kept = new KeptProcess(variant, child);
    await Promise.race([once(child.stdio[3] ?? child, 'data'), once(child, 'close')]);
    if (kept.#text !== 'warm\n') throw new Error(`${variant.label} was not kept warm.`);
    return kept;
  }

  stop(): void {
    this.#child.kill('SIGSTOP');
  }

  /** Lets it go on and answer a request. @returns how long that took, in milliseconds. */
  async request(): Promise<number> {
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGCONT');
    this.#child.stdin?.write('\n');
    await closed;
    const { firstMs, response } = JSON.parse(this.#text.split('\n')[1] ?? 'null') as {
      readonly firstMs: number;
      readonly response: { readonly statusCode: number };
    };
    if (response.statusCode === this.variant.status) return firstMs;
    throw new Error(`${this.variant.label} answered ${response.statusCode} after the pause.`);
  }
}
