import type { Clock } from '../../functions/activation/ports.ts';
import { presentableCause } from '../errors/service-error.ts';
import type { DeadToken, DisconnectionMark } from '../store/disconnection-mark.ts';
import { SingleFlight } from './single-flight.ts';
import { TimedCache } from './timed-cache.ts';

/** A mark that failed is left alone for so long: the dead token may be met at every call of a busy back end. */
const RETRY_MS = 60_000;

/** Bounds the memory. Forgetting one costs a write that its condition refuses. */
const MAX_REMEMBERED = 1_000;

/** Marks dead connections, each until it has worked once, and not at every call. */
export class MarkAttempts {
  readonly #mark: DisconnectionMark | undefined;
  readonly #outcomes: TimedCache<'marked' | 'failed'>;
  readonly #underWay = new SingleFlight<Error | undefined>();

  /** @param mark absent when this back end may only read; then nothing is ever tried. */
  constructor(mark: DisconnectionMark | undefined, now: Clock) {
    this.#mark = mark;
    this.#outcomes = new TimedCache({
      now,
      maxEntries: MAX_REMEMBERED,
      lifetimeMs: (outcome) => (outcome === 'failed' ? RETRY_MS : Number.POSITIVE_INFINITY),
    });
  }

  /**
   * Marks the connection unless that is done, or has failed within the last minute. Any number of callers at once cost
   * one write.
   *
   * @param at when the disconnection was noticed; epoch milliseconds.
   * @returns why this attempt failed, safe to show; `undefined` when it worked or was not due. It never rejects.
   */
  async attempt(dead: DeadToken, at: number): Promise<Error | undefined> {
    const mark = this.#mark;
    if (!mark || this.#outcomes.get(dead.tokenFingerprint)) return undefined;
    return this.#underWay.run(dead.tokenFingerprint, () => this.#run(mark, dead, at));
  }

  async #run(mark: DisconnectionMark, dead: DeadToken, at: number): Promise<Error | undefined> {
    try {
      await mark(dead, at);
      this.#outcomes.set(dead.tokenFingerprint, 'marked');
      return undefined;
    } catch (error) {
      this.#outcomes.set(dead.tokenFingerprint, 'failed');
      return presentableCause(error);
    }
  }
}
