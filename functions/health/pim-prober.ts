import type { Clock } from '../activation/ports.ts';
import type { AccessToken } from '../pim/credentials.ts';
import { type Answered, type PimAnswer, type PimRequest, send } from '../pim/send.ts';
import { politePauseMs } from './polite-pause.ts';
import type { PimProber } from './ports.ts';

/** The cheapest call that needs the token: two short values, and no right is required. */
const PATH = '/api/rest/v1/system-information';

/** A PIM that has not answered by then is unreachable, until the next sweep. */
export const PROBE_TIMEOUT_MS = 5_000;

/** What may be chosen about a prober; the defaults are for use in earnest. */
export interface PimProberOptions {
  readonly now?: Clock;
  readonly timeoutMs?: number;
  /** Waits for so many milliseconds. */
  readonly pause?: (ms: number) => Promise<void>;
}

/**
 * Asks PIMs over HTTPS. One call each, and after a 429 one more, when the PIM says: a sweep must not
 * add to a PIM's troubles.
 *
 * @see docs/pim-contract.md §6
 */
export function pimProber(options: PimProberOptions = {}): PimProber {
  const { now = Date.now, timeoutMs = PROBE_TIMEOUT_MS, pause = realPause } = options;
  return {
    async probe(pim, accessToken) {
      const request = bearerGet(accessToken);
      const ask = () => send(pim.at(PATH), request, timeoutMs);
      const answer = await ask();
      const pauseMs = isThrottled(answer) ? politePauseMs(answer.retryAfter, now()) : undefined;
      if (pauseMs === undefined) return answer;
      await pause(pauseMs);
      return ask();
    },
  };
}

function bearerGet(accessToken: AccessToken): PimRequest {
  return { method: 'GET', headers: { authorization: `Bearer ${accessToken.reveal()}` } };
}

function isThrottled(answer: PimAnswer): answer is Answered {
  return answer.kind === 'answered' && answer.status === 429;
}

function realPause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
