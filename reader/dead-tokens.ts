import type { DeadStatus } from '../functions/activation/connection-status.ts';
import type { Clock } from '../functions/activation/ports.ts';
import type { ListedConnection } from './connections.ts';
import type { DisconnectionMark } from './disconnection-mark.ts';
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

/**
 * What a refusal is remembered of: a token as it was granted at a time. A token that the PIM has granted again since then
 * is tried again.
 */
function grantOf({ tokenFingerprint, lastOpenedAt }: ListedConnection): string {
  return `${tokenFingerprint} ${lastOpenedAt}`;
}

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
 * The tokens that a PIM has refused. This process does not send the token of a disconnected App again, and one that was
 * replaced not for {@link DEAD_CACHE_MS}. This holds whether the disconnection could be recorded or not. It ends when the
 * PIM has granted the token again, or the table says `connected` although it was marked here.
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
    const refusal = this.#refusals.get(grantOf(connection));
    if (!refusal || connection.status === 'disconnected') return connection;
    return { ...connection, status: refusal.status };
  }

  /**
   * Forgets a refusal that this process has recorded and the table no longer holds: something has overwritten the mark,
   * such as a callback that was under way.
   *
   * @param readAt when the read of this row began, in epoch milliseconds.
   */
  forgetOverwritten(row: ListedConnection, readAt: number): void {
    const grant = grantOf(row);
    if (row.status === 'connected' && this.#marks.forget(grant, readAt))
      this.#refusals.delete(grant);
  }

  /**
   * Remembers a refusal, unless the PIM has said before that the App was disconnected. It writes nothing;
   * {@link recordDisconnection} does.
   */
  remember(connection: ListedConnection, status: DeadStatus): void {
    const grant = grantOf(connection);
    if (this.#refusals.get(grant)?.status === 'disconnected') return;
    this.#refusals.set(grant, { status, noticedAt: this.#now() });
  }

  /**
   * Marks the connection in the table, if this process has noticed that it is disconnected, may write, and has not
   * marked it yet. It never rejects.
   *
   * @returns why the mark failed, safe to show; `undefined` when it succeeded or there was nothing to do.
   */
  async recordDisconnection(connection: ListedConnection): Promise<Error | undefined> {
    const refusal = this.#refusals.get(grantOf(connection));
    if (refusal?.status !== 'disconnected') return undefined;
    return this.#marks.attempt(connection, refusal.noticedAt);
  }
}

interface MarkOutcome {
  readonly isMarked: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Marks each dead connection until a write has succeeded, but not at every call. */
class MarkAttempts {
  readonly #mark: DisconnectionMark | undefined;
  readonly #now: Clock;
  readonly #outcomes: TimedCache<MarkOutcome>;
  readonly #flights = new SingleFlight<Error | undefined>();

  constructor(mark: DisconnectionMark | undefined, now: Clock) {
    this.#mark = mark;
    this.#now = now;
    this.#outcomes = new TimedCache({
      now,
      maxEntries: MAX_REMEMBERED,
      lifetimeMs: ({ isMarked }) => (isMarked ? Number.POSITIVE_INFINITY : MARK_RETRY_MS),
    });
  }

  /** Any number of callers at once cost one write. */
  async attempt(dead: ListedConnection, noticedAt: number): Promise<Error | undefined> {
    const mark = this.#mark;
    const grant = grantOf(dead);
    if (!mark || this.#outcomes.get(grant)) return undefined;
    return this.#flights.run(grant, async () => {
      const error = await failureOf(mark(dead, noticedAt));
      this.#outcomes.set(grant, { isMarked: !error, at: this.#now() });
      return error;
    });
  }

  /** Forgets that a mark was made before this time; false when none was. */
  forget(grant: string, before: number): boolean {
    const outcome = this.#outcomes.get(grant);
    if (!outcome?.isMarked || outcome.at >= before) return false;
    this.#outcomes.delete(grant);
    return true;
  }
}

/** Why a write failed, safe to show; `undefined` when it succeeded. */
async function failureOf(write: Promise<void>): Promise<Error | undefined> {
  try {
    await write;
    return undefined;
  } catch (error) {
    return presentableCause(error);
  }
}
