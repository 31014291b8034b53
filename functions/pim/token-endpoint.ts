import {
  readTokenAnswer,
  type TokenOutcome,
  type TokenRequest,
  tokenRequestBody,
} from './oauth.ts';
import type { PimUrl } from './pim-url.ts';
import { sendForm, type TransientFailure } from './send.ts';

/** How long the exchange may take, in milliseconds. */
export interface ExchangeBudget {
  /** All attempts and the pauses between them. */
  readonly totalMs: number;
  /** One attempt. */
  readonly attemptMs: number;
  /** The pause before the second attempt; it doubles from there, up to two seconds. */
  readonly pauseMs: number;
}

/**
 * The code lives 30 s from the moment the PIM sent the browser back (docs/pim-contract.md §2.6). Of those,
 * a cold start and the reads before the exchange take two or three; 12 s leave the browser well short
 * of the gateway's limit and allow two slow attempts or half a dozen quick ones.
 */
export const EXCHANGE_BUDGET: ExchangeBudget = { totalMs: 12_000, attemptMs: 5_000, pauseMs: 200 };

/** With longer ones, half of the budget would be left when the next pause no longer fits. */
const LONGEST_PAUSE_MS = 2_000;

/** Less than this is not worth another attempt. */
const SHORTEST_ATTEMPT_MS = 50;

/** The token endpoint of any listed PIM. */
export interface TokenEndpoint {
  /**
   * Exchanges the code, trying again while the PIM is disturbed and time is left. Every definite
   * answer, good or bad, is returned at once. Never throws for anything that the PIM does.
   *
   * @param deadline epoch milliseconds after which no attempt may still be running.
   */
  exchange(pim: PimUrl, request: TokenRequest, deadline: number): Promise<Exchanged>;
}

/** What an exchange came to, and of a grant when the PIM was asked for it, in epoch milliseconds. */
export type Exchanged =
  | Exclude<TokenOutcome, { kind: 'granted' }>
  | (Extract<TokenOutcome, { kind: 'granted' }> & { readonly tokenRequestedAt: number });

/** A token endpoint client on the given clock (epoch milliseconds). */
export function tokenEndpoint(now: () => number, budget = EXCHANGE_BUDGET): TokenEndpoint {
  return {
    async exchange(pim, request, deadline) {
      const url = pim.at('/connect/apps/v1/oauth2/token');
      const form = tokenRequestBody(request);
      let told: TransientFailure | undefined;
      for (let pauseMs = budget.pauseMs; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
        const tokenRequestedAt = now();
        const timeoutMs = Math.min(budget.attemptMs, deadline - tokenRequestedAt);
        const outcome = await attempt(url, form, timeoutMs);
        if (outcome.kind === 'granted') return { ...outcome, tokenRequestedAt };
        if (outcome.kind !== 'transient-failure') return outcome;
        told = told && isCutShort(outcome, timeoutMs, budget) ? told : outcome;
        if (deadline - now() < pauseMs) return told;
        await pause(pauseMs);
        if (deadline - now() < SHORTEST_ATTEMPT_MS) return told;
      }
    },
  };
}

async function attempt(url: URL, form: string, timeoutMs: number): Promise<TokenOutcome> {
  if (timeoutMs < SHORTEST_ATTEMPT_MS) return { kind: 'transient-failure', failure: 'timeout' };
  const answer = await sendForm(url, form, timeoutMs);
  return answer.kind === 'answered' ? readTokenAnswer(answer) : answer;
}

/** Whether our own deadline has ended the attempt: that says nothing of the PIM, the attempt before it does. */
function isCutShort(
  { failure }: TransientFailure,
  timeoutMs: number,
  { attemptMs }: ExchangeBudget,
): boolean {
  return failure === 'timeout' && timeoutMs < attemptMs;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
