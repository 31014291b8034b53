import type { ConnectionStatus } from '../../functions/activation/connection-status.ts';
import type { Clock } from '../../functions/activation/ports.ts';
import type { ListedConnection } from '../connection.ts';
import { AppDisconnectedError } from '../errors/connection-error.ts';
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

/** What a PIM has said of a token. */
interface Finding {
  readonly status: Exclude<ConnectionStatus, 'connected'>;
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

  /** The connection with the status that it has by all we know. A disconnection is final, whoever found it. */
  seen<T extends ListedConnection>(connection: T): T {
    const finding = this.#findings.get(connection.tokenFingerprint);
    if (!finding || connection.status === 'disconnected') return connection;
    return { ...connection, status: finding.status };
  }

  /** Remembers that the PIM does not know the token, which is the newest that there is. */
  noteReplaced(connection: ListedConnection): void {
    this.#note(connection, 'replaced');
  }

  /** Remembers that the App was disconnected, and does what {@link refuse} does. */
  async bury(connection: ListedConnection): Promise<AppDisconnectedError> {
    this.#note(connection, 'disconnected');
    return this.refuse(connection);
  }

  /**
   * What a call of a disconnected App gets. If this process found it out and may say so, the connection is marked,
   * too, unless it is already. A mark that fails takes nothing from the answer: it is the cause of the returned error.
   */
  async refuse(connection: ListedConnection): Promise<AppDisconnectedError> {
    const { pim, clientId, tokenFingerprint } = connection;
    const finding = this.#findings.get(tokenFingerprint);
    const isOurs = finding?.status === 'disconnected';
    const cause = isOurs && (await this.#marks.attempt(connection, finding.noticedAt));
    return new AppDisconnectedError({ pim, clientId, ...(cause && { cause }) });
  }

  #note({ tokenFingerprint }: ListedConnection, status: Finding['status']): void {
    if (this.#findings.get(tokenFingerprint)?.status === 'disconnected') return;
    this.#findings.set(tokenFingerprint, { status, noticedAt: this.#now() });
  }
}
