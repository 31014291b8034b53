import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../functions/activation/ports.ts';
import { retryAfterMs } from '../functions/pim/rest-api-refusals.ts';
import { onAbort } from './abort-signal.ts';
import { RateLimitedError } from './errors.ts';
import { discard } from './pim-request.ts';

/** How often a call is sent while the PIM answers 429, and how long it waits in between. */
export interface RateLimitBudget {
  /** How often a call is sent at most, the first time included: a whole number, 1 or more. */
  readonly maxAttempts: number;
  /**
   * How long a call waits in all, in milliseconds, from 0 to 2147483647 (almost 25 days, the longest that a timer can
   * wait). A longer `Retry-After` is not waited for at all.
   */
  readonly maxWaitMs: number;
}

/** Long enough for a limit that is counted by the second, short enough for a function. */
export const RATE_LIMIT_BUDGET: RateLimitBudget = { maxAttempts: 5, maxWaitMs: 30_000 };

/**
 * The longest that a timer of Node can wait, in milliseconds: almost 25 days. A longer timeout fires after one
 * millisecond.
 *
 * @see {@link https://nodejs.org/api/timers.html#settimeoutcallback-delay-args setTimeout}
 */
export const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Waits; rejects when the signal is aborted. Injected so that tests need not wait. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Waits in real time. */
export const realPause: Pause = async (ms, signal) => {
  const abort = new AbortController();
  const stopListening = signal && onAbort(signal, () => abort.abort());
  try {
    await setTimeout(ms, undefined, { signal: abort.signal });
  } finally {
    stopListening?.();
  }
};

/** A call that can be sent, and sent again unless its body is a stream. */
export interface RepeatableCall {
  readonly pim: string;
  readonly clientId: string;
  readonly isRepeatable: boolean;
  readonly signal: AbortSignal | undefined;
  readonly send: () => Promise<Response>;
}

export interface RateLimitDeps {
  readonly now: Clock;
  readonly pause: Pause;
  readonly budget: RateLimitBudget;
}

/**
 * Sends the call until the PIM answers anything but 429. It keeps its slot while it waits, so that the whole connection
 * slows down.
 *
 * @throws {RateLimitedError} when the budget does not allow another attempt.
 */
export async function sendWithinRateLimit(
  call: RepeatableCall,
  { now, pause, budget }: RateLimitDeps,
): Promise<Response> {
  const maxAttempts = call.isRepeatable ? budget.maxAttempts : 1;
  for (let attempt = 1, leftMs = budget.maxWaitMs; ; attempt += 1) {
    const response = await call.send();
    if (response.status !== 429) return response;
    await discard(response);
    const delayMs = retryDelayMs(attempt, response.headers.get('retry-after'), now());
    if (attempt >= maxAttempts || delayMs > leftMs) throw new RateLimitedError(delayMs, call);
    await pauseUnlessAborted(pause, delayMs, call.signal);
    leftMs -= delayMs;
  }
}

/** An aborted pause rejects with the signal's own reason, as an aborted `fetch` does. */
async function pauseUnlessAborted(
  pause: Pause,
  delayMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await pause(delayMs, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** The longest first delay of our own, in milliseconds; it doubles with each attempt. */
const FIRST_DELAY_MS = 1_000;

/**
 * How long to wait before a call that was answered with 429 is sent again, in milliseconds: what the PIM asks for, but no
 * less than a delay of our own. Without that, a PIM that asks for none, or names a date in the past, would get all
 * attempts within milliseconds.
 *
 * @param attempt the number of attempts so far, from 1.
 * @param retryAfter the header; `null` if there is none.
 * @param now epoch milliseconds.
 */
export function retryDelayMs(attempt: number, retryAfter: string | null, now: number): number {
  return Math.max(retryAfterMs(retryAfter, now) ?? 0, ownDelayMs(attempt));
}

/** Doubles each time. Its upper half is random, so that calls that were refused together do not come back together. */
function ownDelayMs(attempt: number): number {
  const longest = FIRST_DELAY_MS * 2 ** (attempt - 1);
  return Math.round(longest * (0.5 + Math.random() / 2));
}
