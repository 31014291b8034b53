import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../functions/activation/ports.ts';
import { RateLimitedError } from '../errors/connection-error.ts';
import { discard } from './discard.ts';
import { nextPauseMs } from './next-pause.ts';

/**
 * The longest that a timer of Node can wait, in milliseconds: almost 25 days. A longer one ends after one millisecond.
 *
 * @see {@link https://nodejs.org/api/timers.html#settimeoutcallback-delay-args setTimeout}
 */
export const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** How often a call is sent while the PIM answers 429, and how long it waits in between. */
export interface RateLimitBudget {
  /** How often a call is sent at most, the first time included: a whole number, 1 or more. */
  readonly maxAttempts: number;
  /**
   * How long a call waits in all, in milliseconds, from 0 to 2147483647 (almost 25 days, the longest that a timer can
   * wait); a longer `Retry-After` is not waited for at all.
   */
  readonly maxWaitMs: number;
}

/** Long enough for a limit that is counted by the second, short enough for a function. */
export const RATE_LIMIT_BUDGET: RateLimitBudget = { maxAttempts: 5, maxWaitMs: 30_000 };

/** Waits; rejects when the signal is aborted. Injected so that tests need not wait. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Waits in real time. */
export const realPause: Pause = async (ms, signal) => {
  await setTimeout(ms, undefined, signal && { signal });
};

/** A call that can be sent, and sent again unless its body is a stream. */
export interface RepeatableCall {
  readonly pim: string;
  readonly clientId: string;
  readonly isRepeatable: boolean;
  readonly signal: AbortSignal | undefined;
  readonly send: () => Promise<Response>;
}

/** What {@link sendWithinRateLimit} works with. */
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
    const waitMs = nextPauseMs(attempt, response.headers.get('retry-after'), now());
    if (attempt >= maxAttempts || waitMs > leftMs) throw new RateLimitedError(waitMs, call);
    await pauseUnlessAborted(pause, waitMs, call.signal);
    leftMs -= waitMs;
  }
}

/** An aborted pause rejects with the signal's own reason, as an aborted `fetch` does. */
async function pauseUnlessAborted(
  pause: Pause,
  waitMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await pause(waitMs, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
