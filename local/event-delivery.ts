import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ShownEvent } from './connection-events.ts';
import { replaceFile } from './env-file.ts';
import { LOCAL_REGION } from './store/aws-server.ts';

/** Hands events to whoever gets them, in order. */
export interface EventDelivery {
  readonly deliver: (event: ShownEvent) => void;
  /** Ends it. @returns the events that nobody has taken, a line of JSON each. */
  close(): Promise<readonly string[]>;
}

interface DeliveryOptions {
  /** Takes what to tell of a target that takes nothing. */
  readonly tell: (problem: string) => void;
  /** Events of an earlier start that nobody has taken; they go first. */
  readonly waiting?: readonly string[];
  /** How long to wait after the first failure, in milliseconds; twice as long after each further one. @default 500 */
  readonly firstPauseMs?: number;
}

/**
 * Delivers events as a target of a rule gets them: to a file, one line of JSON each, or to an HTTP listener, one POST each.
 *
 * @param target a path, or an address that begins with `http`.
 * @throws {Error} with what to do when the file cannot be written.
 * @see {@link https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html Structure of events}
 */
export function eventDelivery(target: string, options: DeliveryOptions): EventDelivery {
  return isListener(target) ? new ToListener(target, options) : toFile(target, options);
}

/** Whether a target is an address and not a file. */
export function isListener(target: string): boolean {
  return /^https?:\/\//i.test(target);
}

function toFile(file: string, { tell, waiting = [] }: DeliveryOptions): EventDelivery {
  const append = (lines: readonly string[]): void =>
    appendFileSync(file, lines.map((line) => `${line}\n`).join(''));
  try {
    append(waiting);
  } catch (cause) {
    const next = 'Give --events a file in a folder that exists, or an http URL.';
    throw new Error(`${file} takes no events (${codeOf(cause)}). ${next}`, { cause });
  }
  const left: string[] = [];
  const deliver = (event: ShownEvent): void => {
    const line = enveloped(event);
    try {
      append([line]);
    } catch (error) {
      left.push(line);
      tell(`warning: ${file} took no "${event['detail-type']}" (${codeOf(error)}).`);
    }
  };
  return { deliver, close: async () => left };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

/** How long a listener may take, as with EventBridge, in milliseconds. */
const ANSWER_MS = 5_000;

const LONGEST_PAUSE_MS = 30_000;

/** What EventBridge tries again, beside all from 500 on; it drops what is answered otherwise. */
const TRIED_AGAIN = new Set([401, 407, 409, 429]);

/** What became of one attempt. */
type Attempt =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused' | 'failed'; readonly problem: string };

/**
 * Posts one event after the other. One that fails is tried again until it is taken, so that a listener that starts late or
 * is being changed misses none.
 *
 * @see {@link https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html API destinations}
 */
class ToListener implements EventDelivery {
  readonly #url: string;
  readonly #tell: (problem: string) => void;
  readonly #queue: string[];
  readonly #firstPauseMs: number;
  readonly #stop = new AbortController();
  #draining: Promise<void> | undefined;

  constructor(url: string, { tell, waiting = [], firstPauseMs = 500 }: DeliveryOptions) {
    this.#url = url;
    this.#tell = tell;
    this.#queue = [...waiting];
    this.#firstPauseMs = firstPauseMs;
    this.#start();
  }

  readonly deliver = (event: ShownEvent): void => {
    this.#queue.push(enveloped(event));
    this.#start();
  };

  async close(): Promise<readonly string[]> {
    this.#stop.abort();
    await this.#draining;
    return this.#queue;
  }

  #start(): void {
    if (this.#queue.length > 0) this.#draining ??= this.#drain();
  }

  async #drain(): Promise<void> {
    let failures = 0;
    for (let next = this.#queue[0]; next !== undefined && !this.#stop.signal.aborted; ) {
      const attempt = await this.#post(next);
      if (attempt.kind === 'failed') {
        await this.#waitAfter(attempt.problem, failures);
        failures += 1;
      } else {
        if (attempt.kind === 'refused')
          this.#tell(`warning: ${this.#url} refused an event: it ${attempt.problem}.`);
        this.#queue.shift();
        next = this.#queue[0];
        failures = 0;
      }
    }
    this.#draining = undefined;
  }

  async #waitAfter(problem: string, failures: number): Promise<void> {
    const { signal } = this.#stop;
    if (signal.aborted) return;
    if (failures === 0)
      this.#tell(`warning: ${this.#url} ${problem}. Events wait until it takes them.`);
    const ms = Math.min(this.#firstPauseMs * 2 ** failures, LONGEST_PAUSE_MS);
    await pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }

  async #post(body: string): Promise<Attempt> {
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ANSWER_MS)]);
    const headers = { 'content-type': 'application/json' };
    try {
      const init = { method: 'POST', headers, body, signal, redirect: 'manual' } as const;
      const response = await fetch(this.#url, init);
      await response.body?.cancel();
      const { ok, status } = response;
      if (ok) return { kind: 'taken' };
      const kind = status >= 500 || TRIED_AGAIN.has(status) ? 'failed' : 'refused';
      return { kind, problem: `answered ${status}` };
    } catch {
      return { kind: 'failed', problem: 'did not answer' };
    }
  }
}

/** With what EventBridge adds. */
function enveloped(event: ShownEvent): string {
  const { source, 'detail-type': type, detail } = event;
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': type,
    source,
    account: '000000000000',
    time: detail.at,
    region: LOCAL_REGION,
    resources: [],
    detail,
  });
}

/** The file in the data folder with the events that nobody has taken. */
export const UNDELIVERED_FILE = 'undelivered-events.jsonl';

/** The events that an earlier start over a data folder has left. */
export function undeliveredEvents(folder: string | undefined): readonly string[] {
  if (folder === undefined || !existsSync(join(folder, UNDELIVERED_FILE))) return [];
  const text = readFileSync(join(folder, UNDELIVERED_FILE), 'utf8');
  return text.split('\n').filter((line) => line !== '');
}

/** Keeps what nobody has taken for the next start. @returns what to tell of it; `undefined` if nothing is left. */
export function keepUndelivered(
  folder: string | undefined,
  events: readonly string[],
): string | undefined {
  const file = folder === undefined ? undefined : join(folder, UNDELIVERED_FILE);
  if (events.length === 0) {
    if (file !== undefined) rmSync(file, { force: true });
    return undefined;
  }
  const what = `Not delivered: ${events.length} ${events.length === 1 ? 'event' : 'events'}.`;
  if (file === undefined) return `${what} With --data, the next start would deliver what is left.`;
  replaceFile(file, events.map((line) => `${line}\n`).join(''));
  return `${what} ${file} keeps what is left for the next start with --events.`;
}
