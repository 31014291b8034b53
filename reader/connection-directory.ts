import type { Clock } from '../functions/activation/ports.ts';
import type { TokenDecrypter } from '../functions/store/kms-token-decrypter.ts';
import type { Lookup, StoredConnection } from './connection-table.ts';
import type { Connection } from './connections.ts';
import { DEAD_CACHE_MS, type DeadTokens } from './dead-tokens.ts';
import { ConnectionError, decryptionError } from './errors.ts';
import { SingleFlight, TimedCache } from './timed-cache.ts';

/** Bounds the memory. An entry takes about a kilobyte. */
const MAX_ENTRIES = 1_000;

export interface ConnectionDirectoryDeps {
  readonly table: { find(lookup: Lookup): Promise<StoredConnection | undefined> };
  readonly decrypter: TokenDecrypter;
  readonly deadTokens: DeadTokens;
  readonly now: Clock;
  /** How long a connection is used before it is read again, in milliseconds. */
  readonly cacheMs: number;
}

/**
 * Finds connections and caches them. It caches neither failures nor that a PIM has no connection: a PIM works the moment
 * it is connected.
 */
export class ConnectionDirectory {
  readonly #deps: ConnectionDirectoryDeps;
  readonly #cache: TimedCache<Connection>;
  readonly #flights = new SingleFlight<Connection>();

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
   * The connection as it is now, after the PIM has refused the token of `used`. It is read past the cache, unless the
   * cache has received another token meanwhile.
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
    const readAt = this.#deps.now();
    const stored = await this.#deps.table.find(lookup);
    if (!stored) {
      this.#cache.delete(key);
      throw notConnected(lookup);
    }
    this.#deps.deadTokens.forgetOverwritten(stored.listed, readAt);
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

/** JSON keeps the two parts apart: no two look-ups have the same key. */
function lookupKey({ pim, clientId }: Lookup): string {
  return JSON.stringify([pim.toString(), clientId ?? null]);
}

function notConnected({ pim, clientId }: Lookup): ConnectionError {
  const which = clientId === undefined ? '' : ` under the client id ${clientId}`;
  const address = pim.toString();
  const message = `${address} is not connected${which}. Let a PIM user connect the App there.`;
  const context = { pim: address, ...(clientId !== undefined && { clientId }) };
  return new ConnectionError('not_connected', message, context);
}
