import type { Agent } from 'node:https';
import type { Clock } from '../activation/ports.ts';
import { retryAfterMs } from '../pim/rest-api-refusals.ts';
import type { Answered, PimAnswer } from '../pim/send.ts';
import { askSystemInformation } from '../pim/token-trial.ts';
import type { PimProber } from './check.ts';

/** A PIM that has not answered by then is unreachable, until the next sweep. */
const PROBE_TIMEOUT_MS = 5_000;

/** Enough for a limit that is counted by the second. */
const SHORTEST_RETRY_DELAY_MS = 1_000;

/** A PIM that asks for a longer delay is left alone until the next sweep. */
export const LONGEST_RETRY_DELAY_MS = 5_000;

/** What may be chosen about a prober; the defaults are for production. */
export interface PimProberOptions {
  readonly now?: Clock;
  readonly timeoutMs?: number;
  /** How HTTPS connections are made; see {@link pimAgent}. */
  readonly agent?: Agent | undefined;
  /** Waits for so many milliseconds. */
  readonly pause?: (ms: number) => Promise<void>;
}

/**
 * Asks PIMs over HTTPS, with one call each. After a 429 there is one more, when the PIM allows it: a sweep must not add
 * to the load of a busy PIM.
 *
 * @see docs/pim-contract.md §6
 */
export function pimProber(options: PimProberOptions = {}): PimProber {
  const { now = Date.now, timeoutMs = PROBE_TIMEOUT_MS, pause = realPause, agent } = options;
  return {
    async probe(pim, accessToken) {
      const ask = () => askSystemInformation(pim, accessToken, timeoutMs, agent);
      const answer = await ask();
      const delayMs = isThrottled(answer) ? retryDelayMs(answer.retryAfter, now()) : undefined;
      if (delayMs === undefined) return answer;
      await pause(delayMs);
      return ask();
    },
  };
}

/**
 * How long to wait, in milliseconds, before the second call to a PIM that answered 429; `undefined` when the PIM asks
 * for longer than {@link LONGEST_RETRY_DELAY_MS}.
 *
 * @param retryAfter the header; an unknown form counts as absent.
 * @param now epoch milliseconds.
 */
export function retryDelayMs(retryAfter: string | undefined, now: number): number | undefined {
  const delayMs = Math.max(retryAfterMs(retryAfter, now) ?? 0, SHORTEST_RETRY_DELAY_MS);
  return delayMs <= LONGEST_RETRY_DELAY_MS ? delayMs : undefined;
}

function isThrottled(answer: PimAnswer): answer is Answered {
  return answer.kind === 'answered' && answer.status === 429;
}

function realPause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
