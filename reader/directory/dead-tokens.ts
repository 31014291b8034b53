import type { Clock } from '../../functions/activation/ports.ts';
import type { ListedConnection } from '../connection.ts';
import { AppDisconnectedError } from '../errors/connection-error.ts';
import { presentableCause } from '../errors/service-error.ts';
import type { DisconnectionMark } from '../store/disconnection-mark.ts';

/** Bounds the memory. Forgetting one costs a call to its PIM, which says again that it is dead. */
const MAX_REMEMBERED = 1_000;

/** What {@link DeadTokens} works with. */
export interface DeadTokensDeps {
  /** Absent when this back end may only read. */
  readonly mark: DisconnectionMark | undefined;
  readonly now: Clock;
}

/**
 * The tokens that a PIM has called dead, by fingerprint. They stay so for ever, so this process never sends one of
 * them again, whether or not it may write that down for others.
 */
export class DeadTokens {
  readonly #deps: DeadTokensDeps;
  readonly #fingerprints = new Set<string>();

  constructor(deps: DeadTokensDeps) {
    this.#deps = deps;
  }

  /** The connection with the status that it has by all we know. */
  seen<T extends ListedConnection>(connection: T): T {
    return this.#fingerprints.has(connection.tokenFingerprint)
      ? { ...connection, status: 'disconnected' }
      : connection;
  }

  /**
   * Remembers the token and, if allowed, marks its connection, once however many calls found it dead. A mark that fails
   * takes nothing from the answer that the App was disconnected: it is the cause of the returned error.
   */
  async bury(connection: ListedConnection): Promise<AppDisconnectedError> {
    const { pim, clientId, tokenFingerprint } = connection;
    if (this.#fingerprints.has(tokenFingerprint))
      return new AppDisconnectedError({ pim, clientId });
    this.#remember(tokenFingerprint);
    try {
      await this.#deps.mark?.(connection, this.#deps.now());
      return new AppDisconnectedError({ pim, clientId });
    } catch (error) {
      return new AppDisconnectedError({ pim, clientId, cause: presentableCause(error) });
    }
  }

  #remember(fingerprint: string): void {
    const [oldest] = this.#fingerprints;
    if (this.#fingerprints.size >= MAX_REMEMBERED && oldest !== undefined)
      this.#fingerprints.delete(oldest);
    this.#fingerprints.add(fingerprint);
  }
}
