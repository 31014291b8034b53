import type { Agent } from 'node:https';
import { isBeforeRequest, isLasting } from './connection-failure.ts';
import {
  type InvalidGrant,
  readTokenAnswer,
  type TokenOutcome,
  type TokenRequest,
  tokenRequestBody,
} from './oauth.ts';
import type { PimUrl } from './pim-url.ts';
import { retryAfterMs } from './rest-api-refusals.ts';
import { type PimFailure, sendForm } from './send.ts';

/** How much one callback may ask of a PIM. Times are milliseconds. */
export interface ExchangeBudget {
  /** All requests and the pauses between them. */
  readonly totalMs: number;
  /** One request. */
  readonly attemptMs: number;
  /** The pauses before the requests that repeat one. There are no more repetitions than pauses. */
  readonly pausesMs: readonly number[];
  /** The longest pause that a PIM may ask for with `Retry-After`, once. */
  readonly longestRetryAfterMs: number;
}

/**
 * The code lives 30 s from the moment the PIM sent the browser back (docs/pim-contract.md §2.6). Of those,
 * a cold start and the reads before the exchange take two or three; 12 s leave the browser well short
 * of the gateway's limit and allow two slow attempts.
 *
 * Anybody can make a callback ask a listed PIM, with an invented code. So the number of requests and the pauses are small
 * whatever the PIM answers: only a PIM that is itself slow can hold a function longer.
 */
export const EXCHANGE_BUDGET: ExchangeBudget = {
  totalMs: 12_000,
  attemptMs: 5_000,
  pausesMs: [200, 400, 800],
  longestRetryAfterMs: 3_000,
};

/** A port that stays closed for longer is not about to open. */
const MAX_REFUSED_CONNECTIONS = 3;

/** Less than this is not worth another attempt. */
const SHORTEST_ATTEMPT_MS = 50;

/** The token endpoint of any listed PIM. */
export interface TokenEndpoint {
  /**
   * Opens the token requests of one callback, which share one budget: however many exchanges there are.
   *
   * @param deadline epoch milliseconds after which no request may still be running.
   */
  open(pim: PimUrl, deadline: number): ExchangeCode;
}

/**
 * Exchanges the code, trying again while that can help and the budget allows it. Every definite answer, good or bad, is
 * returned at once. Never throws for anything that the PIM does.
 */
export type ExchangeCode = (request: TokenRequest) => Promise<Exchanged>;

/** What an exchange came to. */
export type Exchanged =
  | Exclude<TokenOutcome, { kind: 'granted' | 'invalid_grant' }>
  /** With the time at which the PIM was asked, in epoch milliseconds. */
  | (Extract<TokenOutcome, { kind: 'granted' }> & { readonly tokenRequestedAt: number })
  /** With whether the PIM may have used the code up itself, in a request of this callback that it gave no usable answer. */
  | (InvalidGrant & { readonly isAnswerLost: boolean });

/** What a token endpoint is made of; the defaults are for use in earnest. */
export interface TokenEndpointOptions {
  readonly budget?: ExchangeBudget;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Waits for so many milliseconds. */
  readonly pause?: (ms: number) => Promise<void>;
  readonly post?: typeof sendForm;
  /** How HTTPS connections are made; see {@link pimAgent}. @default as usual */
  readonly agent?: Agent | undefined;
}

/** A client of the token endpoints of PIMs. */
export function tokenEndpoint(options: TokenEndpointOptions = {}): TokenEndpoint {
  const { budget = EXCHANGE_BUDGET, now = Date.now, pause = sleep, post = sendForm } = options;
  const { agent } = options;
  return {
    open(pim, deadline) {
      const requests = new TokenRequests({ budget, now, pause, post, agent }, pim, deadline);
      return (request) => requests.exchange(request);
    },
  };
}

/** The token requests of one callback: what they came to, and what is left of the budget. */
class TokenRequests {
  readonly #options: Required<TokenEndpointOptions>;
  readonly #url: URL;
  readonly #deadline: number;
  #sent = 0;
  #refusedConnections = 0;
  #pauses = 0;
  #hasWaitedAsAsked = false;
  #isAnswerLost = false;
  /** A definite refusal, after which the caller asks once more; the last word when nothing more can be sent. */
  #refusal: TokenOutcome | undefined;
  /** The last failure that says something of the PIM. */
  #lastFailure: PimFailure | undefined;

  constructor(options: Required<TokenEndpointOptions>, pim: PimUrl, deadline: number) {
    this.#options = options;
    this.#url = pim.at('/connect/apps/v1/oauth2/token');
    this.#deadline = deadline;
  }

  async exchange(request: TokenRequest): Promise<Exchanged> {
    const form = tokenRequestBody(request);
    for (;;) {
      const tokenRequestedAt = this.#options.now();
      const outcome = await this.#ask(form);
      if (outcome.kind === 'granted') return { ...outcome, tokenRequestedAt };
      if (outcome.kind === 'invalid_grant') return { ...outcome, isAnswerLost: this.#isAnswerLost };
      if (outcome.kind !== 'failed') {
        this.#refusal = outcome;
        return outcome;
      }
      const pauseMs = this.#pauseAfter(outcome);
      if (pauseMs === undefined) return this.#lastFailure ?? outcome;
      await this.#options.pause(pauseMs);
    }
  }

  async #ask(form: string): Promise<TokenOutcome> {
    const { budget, now, post, agent } = this.#options;
    const timeoutMs = Math.min(budget.attemptMs, this.#deadline - now());
    if (timeoutMs < SHORTEST_ATTEMPT_MS || this.#sent > budget.pausesMs.length)
      return this.#refusal ?? this.#lastFailure ?? { kind: 'failed', failure: 'timeout' };
    this.#sent += 1;
    const answer = await post(this.#url, form, timeoutMs, agent);
    const outcome = answer.kind === 'answered' ? readTokenAnswer(answer) : answer;
    if (outcome.kind === 'failed') this.#note(outcome, timeoutMs);
    return outcome;
  }

  #note(failed: PimFailure, timeoutMs: number): void {
    this.#isAnswerLost ||= mayHaveUsedTheCode(failed);
    if (failed.connectionFailure === 'connection-refused') this.#refusedConnections += 1;
    // Our own deadline ended the request: that says nothing of the PIM, the request before it does.
    const isCutShort = failed.failure === 'timeout' && timeoutMs < this.#options.budget.attemptMs;
    if (!isCutShort || !this.#lastFailure) this.#lastFailure = failed;
  }

  /** How long to wait before asking again, in milliseconds; `undefined` when that cannot help or is not to be. */
  #pauseAfter(failed: PimFailure): number | undefined {
    const { budget, now } = this.#options;
    if (!isWorthRepeating(failed) || this.#sent > budget.pausesMs.length) return undefined;
    if (this.#refusedConnections >= MAX_REFUSED_CONNECTIONS) return undefined;
    const pauseMs = this.#nextPause(retryAfterMs(failed.retryAfter, now()) ?? 0);
    if (pauseMs === undefined) return undefined;
    return this.#deadline - now() < pauseMs + SHORTEST_ATTEMPT_MS ? undefined : pauseMs;
  }

  #nextPause(askedMs: number): number | undefined {
    const { pausesMs, longestRetryAfterMs } = this.#options.budget;
    const ownMs = pausesMs[this.#pauses] ?? 0;
    if (askedMs <= ownMs) {
      this.#pauses += 1;
      return ownMs;
    }
    if (this.#hasWaitedAsAsked || askedMs > longestRetryAfterMs) return undefined;
    this.#hasWaitedAsAsked = true;
    return askedMs;
  }
}

/** Whether the same request may be answered otherwise within seconds. */
function isWorthRepeating({ failure, status = 0, connectionFailure }: PimFailure): boolean {
  if (failure === 'unexpected-answer')
    return status === 200 || status === 408 || status === 429 || status >= 500;
  return connectionFailure === undefined || !isLasting(connectionFailure);
}

/** Whether the PIM may have granted a token and failed afterwards, which uses the code up. @see docs/pim-contract.md §2.6 */
function mayHaveUsedTheCode({ failure, status = 0, connectionFailure }: PimFailure): boolean {
  if (failure === 'unexpected-answer') return status === 200 || status >= 500;
  return connectionFailure === undefined || !isBeforeRequest(connectionFailure);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
