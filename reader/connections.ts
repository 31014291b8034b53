import type { ConnectionStatus } from '../functions/activation/connection-status.ts';
import type { Login } from '../functions/login/login.ts';
import type { AccessToken } from '../functions/pim/credentials.ts';
import type { PimRequestInit } from './pim-request.ts';

/**
 * The App's connections, for its back ends. Open them once for the life of the process: they keep what they have read.
 * Every failure of this library is a {@link ConnectionError}. Any PIM URL may be `pim_url_malformed`, and any call to AWS
 * may end in `store_unavailable` or `access_denied`.
 */
export interface Connections {
  /**
   * The connection of a PIM with its token, at most as old as the cache allows: five minutes by default, ten seconds
   * when the connection is dead. Callers who ask at the same time for the same PIM and client id share one request; a
   * call with a client id and one without do not.
   *
   * A dead connection is returned as well: check `status`.
   *
   * @param pimUrl the PIM's address in any spelling.
   * @throws {ConnectionError} `not_connected`, `several_clients`, `token_unreadable`, `connection_malformed`.
   */
  get(pimUrl: string, choice?: ConnectionChoice): Promise<Connection>;

  /**
   * The connections without their tokens, by status and then PIM. Pages are read while the caller iterates. A connection
   * whose status changes meanwhile may turn up twice or not at all. Changes show here after a moment: DynamoDB's indexes
   * are eventually consistent.
   *
   * @throws {ConnectionError} `connection_malformed` at a row that somebody edited by hand. The iteration ends there;
   * `pim` and `clientId` of the error say which row it is.
   */
  list(filter?: ConnectionFilter): AsyncGenerator<ListedConnection, void, undefined>;

  /**
   * `fetch` with the App's token in the `Authorization` header, which replaces any other.
   *
   * It resolves to whatever the PIM answers, a 403 or a 500 too, with these exceptions:
   *
   * * After a 401 it reads the connection again, past the cache. If the token has changed, it sends the request once more.
   * * After a 429 it waits as `Retry-After` says, but at least about a second, two, four…, and sends the request again,
   *   within a budget. It never sends a body that is a stream twice.
   * * It runs at most four calls of one connection at once in this process; the others wait in line. A call ends when
   *   `fetch` resolves, so that a body may feed another call. Read or `cancel()` each body: until then its socket is open.
   * * It returns redirects and never follows them.
   *
   * @param path what follows the PIM's address, such as `/api/rest/v1/products?limit=100`.
   * @param init as for the global `fetch`, or a `Request`, whose URL and redirect mode do not count; its `signal` ends the waiting, too.
   * @throws {ConnectionError} everything that `get` throws; `path_not_of_pim`; `app_disconnected`, after which the PIM is
   * not called again until it has a new token; `token_replaced`, after which it is not called for ten seconds unless it
   * has a new token; `rate_limited`.
   * @throws {TypeError} when `init` is not valid or the PIM cannot be reached, and the signal's reason when it is aborted, as the global `fetch` does.
   * @see docs/pim-contract.md §6
   */
  fetch(pimUrl: string, path: string, init?: PimRequestInit | Request | null): Promise<Response>;

  /**
   * Who opened the App, by the code that the browser brought to the App's redirect URL. A code counts once, for a minute.
   * Compare `state` and `iss` with what the App's session holds before; docs/logins.md has the whole way.
   *
   * @param verifier the PKCE verifier in the App's session, whose challenge the App sent to `/login`.
   * @throws {ConnectionError} `login_invalid`; `configuration_missing` without the table of logins.
   */
  redeemLogin(code: string, verifier: string): Promise<Login>;
}

export interface ConnectionChoice {
  /** Needed only for a PIM with several connections of the App. @default the reader's own client id */
  readonly clientId?: string;
}

export interface ConnectionFilter {
  /** @default every status, one after the other */
  readonly status?: ConnectionStatus;
}

/** A connection as `list` shows it: everything but the token. */
export interface ListedConnection {
  /** The PIM's address, normalised: lower case, no trailing slash. */
  readonly pim: string;
  /** The App's client id in that PIM. */
  readonly clientId: string;
  /** What the PIM granted, sorted. A `write_…` scope includes its `read_…`, which is not listed. */
  readonly scopes: readonly string[];
  /** What the App asked for and the PIM did not grant. Do not wait for it; work without, or ask a PIM user. */
  readonly missingScopes: readonly string[];
  /** When the App was first connected; epoch milliseconds. */
  readonly connectedAt: number;
  /** When a PIM user last opened the App; epoch milliseconds. */
  readonly lastOpenedAt: number;
  /**
   * `connected`; `disconnected` by a PIM user, for ever; or `replaced`: the PIM has issued a newer token, which never
   * arrived here. The PIM announces none of this, so `connected` means that nobody has noticed anything else.
   */
  readonly status: ConnectionStatus;
  /** Tells tokens apart without showing them; 32 hex digits. */
  readonly tokenFingerprint: string;
}

/** A connection with its token. */
export interface Connection extends ListedConnection {
  /** Prints as `[redacted]`; `accessToken.reveal()` gives the text for an `Authorization` header. It never expires. */
  readonly accessToken: AccessToken;
}
