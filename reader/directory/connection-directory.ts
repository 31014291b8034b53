import type { Clock } from '../../functions/activation/ports.ts';
import type { TokenDecrypter } from '../../functions/store/kms-token-decrypter.ts';
import type { Connection } from '../connection.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { StoredConnection } from '../store/connection-row.ts';
import { decryptionError } from '../store/decryption-error.ts';
import { DEAD_CACHE_MS, type DeadTokens } from './dead-tokens.ts';
import { type Lookup, lookupKey } from './lookup.ts';
import { SingleFlight } from './single-flight.ts';
import { TimedCache } from './timed-cache.ts';

/** Bounds the memory; each entry is about a kilobyte. */
const MAX_ENTRIES = 1_000;

/** What {@link ConnectionDirectory} works with. */
export interface ConnectionDirectoryDeps {
  readonly table: { find(lookup: Lookup): Promise<StoredConnection | undefined> };
  readonly decrypter: TokenDecrypter;
  readonly deadTokens: DeadTokens;
  readonly now: Clock;
  /** How long a connection is used without looking again, in milliseconds. */
  readonly cacheMs: number;
}

/**
 * Finds connections and keeps them for a while. Only what exists is kept: a PIM that is not connected is looked up
 * each time, so that it works the moment it is. Failures are not kept either.
 */
export class ConnectionDirectory {
  readonly #deps: ConnectionDirectoryDeps;
  readonly #cache: TimedCache<Connection>;
  readonly #flights = new SingleFlight<Connection>();

  /** Reads nothing yet. */
  constructor(deps: ConnectionDirectoryDeps) {
    this.#deps = deps;
    const { now, cacheMs } = deps;
    const deadMs = Math.min(cacheMs, DEAD_CACHE_MS);
    this.#cache = new TimedCache({
      now,
      maxEntries: MAX_ENTRIES,
      lifetimeMs: (connection) => (this.#isConnected(connection) ? cacheMs : deadMs),
    });
  }

  /** The connection, at most as old as the cache allows. Any number of callers at once cost one request. */
  async get(lookup: Lookup): Promise<Connection> {
    const key = lookupKey(lookup);
    const cached = this.#cache.get(key);
    const read = () => this.#flights.run(key, () => this.#read(lookup));
    return this.#deps.deadTokens.withKnownStatus(cached ?? (await read()));
  }

  /**
   * The connection as it is now, because the PIM refused the token of `used`. It is read past the cache, unless the cache
   * has meanwhile received another token.
   */
  async getPast(used: Connection, lookup: Lookup): Promise<Connection> {
    const key = lookupKey(lookup);
    const cached = this.#cache.get(key);
    if (cached && cached.tokenFingerprint !== used.tokenFingerprint) return cached;
    const read = () => this.#flights.run(`past ${key}`, () => this.#read(lookup, used));
    return this.#deps.deadTokens.withKnownStatus(await read());
  }

  /** @param known spares the decryption when its token is still the stored one. */
  async #read(lookup: Lookup, known?: Connection): Promise<Connection> {
    const key = lookupKey(lookup);
    const stored = await this.#deps.table.find(lookup);
    if (!stored) {
      this.#cache.delete(key);
      throw notConnected(lookup);
    }
    const connection = await this.#withToken(stored, lookup, known);
    this.#cache.set(key, connection);
    return connection;
  }

  async #withToken(
    { listed, encryptedToken }: StoredConnection,
    { pim }: Lookup,
    known: Connection | undefined,
  ): Promise<Connection> {
    if (known?.tokenFingerprint === listed.tokenFingerprint)
      return { ...listed, accessToken: known.accessToken };
    const { clientId } = listed;
    try {
      const accessToken = await this.#deps.decrypter.decrypt(encryptedToken, { pim, clientId });
      return { ...listed, accessToken };
    } catch (error) {
      throw decryptionError(error, { pim: listed.pim, clientId });
    }
  }

  #isConnected(connection: Connection): boolean {
    return this.#deps.deadTokens.withKnownStatus(connection).status === 'connected';
  }
}

function notConnected({ pim, clientId }: Lookup): ConnectionError {
  const which = clientId === undefined ? '' : ` under the client id ${clientId}`;
  const next = 'Let a PIM user connect the App there.';
  const address = pim.toString();
  const context = { pim: address, ...(clientId !== undefined && { clientId }) };
  return new ConnectionError(
    'not_connected',
    `${address} is not connected${which}. ${next}`,
    context,
  );
}
