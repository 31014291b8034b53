import type { ConnectionStatus } from '../../functions/activation/connection-status.ts';
import type { Clock } from '../../functions/activation/ports.ts';
import type { ListedConnection } from '../connection.ts';
import type { DisconnectionMark } from '../store/disconnection-mark.ts';
import { MarkAttempts } from './mark-attempts.ts';
import { TimedCache } from './timed-cache.ts';

/**
 * A connection that is not alive is looked at again this soon, in milliseconds, so that a new token is noticed. A token
 * that its PIM did not know is also tried again then: a PIM that was restored may know it again.
 */
export const DEAD_CACHE_MS = 10_000;

/** Bounds the memory. Forgetting one costs a call to its PIM, which says again that it is dead. */
const MAX_REMEMBERED = 1_000;

/** What {@link DeadTokens} works with. */
export interface DeadTokensDeps {
  /** Absent when this back end may only read. */
  readonly mark: DisconnectionMark | undefined;
  readonly now: Clock;
}

/** The status of a connection whose token its PIM refuses. */
type DeadStatus = Exclude<ConnectionStatus, 'connected'>;

/** What a PIM has said of a token. */
interface Finding {
  readonly status: DeadStatus;
  /** Epoch milliseconds. */
  readonly noticedAt: number;
}

/**
 * The tokens that a PIM has refused, by fingerprint. This process does not send them again: one of a disconnected App
 * never, because it stays dead for ever; one that was replaced not for {@link DEAD_CACHE_MS}. Whether a disconnection
 * could be written down for others is another matter, see {@link MarkAttempts}.
 */
export class DeadTokens {
  readonly #now: Clock;
  readonly #marks: MarkAttempts;
  readonly #findings: TimedCache<Finding>;

  /** Remembers nothing yet. */
  constructor({ mark, now }: DeadTokensDeps) {
    this.#now = now;
    this.#marks = new MarkAttempts(mark, now);
    this.#findings = new TimedCache({
      now,
      maxEntries: MAX_REMEMBERED,
      lifetimeMs: ({ status }) =>
        status === 'replaced' ? DEAD_CACHE_MS : Number.POSITIVE_INFINITY,
    });
  }

  /** The connection with the status that it has by all that is known. A disconnection is final, whoever found it. */
  withKnownStatus<T extends ListedConnection>(connection: T): T {
    const finding = this.#findings.get(connection.tokenFingerprint);
    if (!finding || connection.status === 'disconnected') return connection;
    return { ...connection, status: finding.status };
  }

  /**
   * Remembers what the PIM has said of the token, unless it has said before that the App was disconnected. It writes
   * nothing; {@link recordDisconnection} does.
   */
  remember({ tokenFingerprint }: ListedConnection, status: DeadStatus): void {
    if (this.#findings.get(tokenFingerprint)?.status === 'disconnected') return;
    this.#findings.set(tokenFingerprint, { status, noticedAt: this.#now() });
  }

  /**
   * Marks the connection in the table, if this process has found out that it is disconnected, may write, and has not
   * marked it yet. It never rejects.
   *
   * @returns why the mark failed, safe to show; `undefined` when it worked or there was nothing to do.
   */
  async recordDisconnection(connection: ListedConnection): Promise<Error | undefined> {
    const finding = this.#findings.get(connection.tokenFingerprint);
    if (finding?.status !== 'disconnected') return undefined;
    return this.#marks.attempt(connection, finding.noticedAt);
  }
}
