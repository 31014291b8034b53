import type { DeadStatus } from '../functions/activation/connection-status.ts';
import type { Clock } from '../functions/activation/ports.ts';
import type { ListedConnection } from './connections.ts';
import type { DeadToken, DisconnectionMark } from './disconnection-mark.ts';
import { presentableCause } from './errors.ts';
import { SingleFlight, TimedCache } from './timed-cache.ts';

/**
 * A dead connection is read again after this time, in milliseconds, so that a new token is noticed. A token that its PIM
 * did not know is sent again then, too: a PIM that was restored from a backup may know it again.
 */
export const DEAD_CACHE_MS = 10_000;

/** After a mark has failed, the next attempt waits this long: a busy back end meets the dead token at every call. */
const MARK_RETRY_MS = 60_000;

/** Bounds the memory. A forgotten entry costs a call that the PIM refuses again, or a write that its condition refuses. */
const MAX_REMEMBERED = 1_000;

export interface DeadTokensDeps {
  /** Absent when this back end may only read. */
  readonly mark: DisconnectionMark | undefined;
  readonly now: Clock;
}

/** A PIM's refusal of a token. */
interface Refusal {
  readonly status: DeadStatus;
  /** Epoch milliseconds. */
  readonly noticedAt: number;
}

/**
 * The tokens that a PIM has refused, by fingerprint. This process never sends the token of a disconnected App again, and
 * one that was replaced not for {@link DEAD_CACHE_MS}. This holds whether the disconnection could be recorded or not.
 */
export class DeadTokens {
  readonly #now: Clock;
  readonly #marks: MarkAttempts;
  readonly #refusals: TimedCache<Refusal>;

  constructor({ mark, now }: DeadTokensDeps) {
    this.#now = now;
    this.#marks = new MarkAttempts(mark, now);
    this.#refusals = new TimedCache({
      now,
      maxEntries: MAX_REMEMBERED,
      lifetimeMs: ({ status }) =>
        status === 'replaced' ? DEAD_CACHE_MS : Number.POSITIVE_INFINITY,
    });
  }

  /** The connection with the status that is known here or in the table. A disconnection is final, whoever noticed it. */
  withKnownStatus<T extends ListedConnection>(connection: T): T {
    const refusal = this.#refusals.get(connection.tokenFingerprint);
    if (!refusal || connection.status === 'disconnected') return connection;
    return { ...connection, status: refusal.status };
  }

  /**
   * Remembers a refusal, unless the PIM has said before that the App was disconnected. It writes nothing;
   * {@link recordDisconnection} does.
   */
  remember({ tokenFingerprint }: ListedConnection, status: DeadStatus): void {
    if (this.#refusals.get(tokenFingerprint)?.status === 'disconnected') return;
    this.#refusals.set(tokenFingerprint, { status, noticedAt: this.#now() });
  }

  /**
   * Marks the connection in the table, if this process has noticed that it is disconnected, may write, and has not
   * marked it yet. It never rejects.
   *
   * @returns why the mark failed, safe to show; `undefined` when it succeeded or there was nothing to do.
   */
  async recordDisconnection(connection: ListedConnection): Promise<Error | undefined> {
    const refusal = this.#refusals.get(connection.tokenFingerprint);
    if (refusal?.status !== 'disconnected') return undefined;
    return this.#marks.attempt(connection, refusal.noticedAt);
  }
}

/** Marks each dead connection until a write has succeeded, but not at every call. */
class MarkAttempts {
  readonly #mark: DisconnectionMark | undefined;
  readonly #outcomes: TimedCache<'marked' | 'failed'>;
  readonly #flights = new SingleFlight<Error | undefined>();

  constructor(mark: DisconnectionMark | undefined, now: Clock) {
    this.#mark = mark;
    this.#outcomes = new TimedCache({
      now,
      maxEntries: MAX_REMEMBERED,
      lifetimeMs: (outcome) => (outcome === 'failed' ? MARK_RETRY_MS : Number.POSITIVE_INFINITY),
    });
  }

  /** Any number of callers at once cost one write. */
  async attempt(dead: DeadToken, noticedAt: number): Promise<Error | undefined> {
    const mark = this.#mark;
    if (!mark || this.#outcomes.get(dead.tokenFingerprint)) return undefined;
    return this.#flights.run(dead.tokenFingerprint, () => this.#run(mark, dead, noticedAt));
  }

  async #run(
    mark: DisconnectionMark,
    dead: DeadToken,
    noticedAt: number,
  ): Promise<Error | undefined> {
    try {
      await mark(dead, noticedAt);
      this.#outcomes.set(dead.tokenFingerprint, 'marked');
      return undefined;
    } catch (error) {
      this.#outcomes.set(dead.tokenFingerprint, 'failed');
      return presentableCause(error);
    }
  }
}
