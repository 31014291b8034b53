import type { ConnectionStatus } from '../functions/activation/connection-status.ts';
import type { Connection, ListedConnection } from './connection.ts';
import type { PimRequestInit } from './fetch/pim-request.ts';

/** Which of a PIM's connections is meant. */
export interface ConnectionChoice {
  /** Needed only for a PIM with several connections of the App. @default the reader's own client id */
  readonly clientId?: string;
}

/** Which connections are listed. */
export interface ConnectionFilter {
  /** @default every status, one after the other */
  readonly status?: ConnectionStatus;
}

/**
 * The App's connections, for its back ends. Make one for the life of the process: it keeps what it has read. Every
 * failure of its own is a {@link ConnectionError}; any PIM URL may be `pim_url_malformed`, and any call to AWS may end
 * in `store_unavailable` or `access_denied`.
 */
export interface Connections {
  /**
   * The connection of a PIM with its token, at most as old as the cache allows (five minutes unless told otherwise; ten
   * seconds when the connection is dead). Callers who ask at the same time for the same PIM and client id share one
   * request; a call with and one without a client id do not.
   *
   * A dead connection is returned as well: look at `status`.
   *
   * @param pimUrl the PIM's address in any spelling.
   * @throws {ConnectionError} `not_connected`, `several_clients`, `token_unreadable`, `connection_malformed`.
   */
  get(pimUrl: string, choice?: ConnectionChoice): Promise<Connection>;

  /**
   * The connections without their tokens, read page by page while they are consumed, by status and then PIM. A connection
   * whose status changes meanwhile may turn up twice or not at all, and a change shows here moments after it was made:
   * indexes of DynamoDB are eventually consistent.
   *
   * @throws {ConnectionError} `connection_malformed` when it comes to a record that somebody wrote by hand. The listing
   * ends there; `pim` and `clientId` of the error say which one it is.
   */
  list(filter?: ConnectionFilter): AsyncGenerator<ListedConnection, void, undefined>;

  /**
   * `fetch` with the App's token in the `Authorization` header, in place of any other.
   *
   * It resolves to whatever the PIM answers, a 403 or a 500 too, except for what it takes care of itself:
   *
   * * A 401 makes it read the connection again, past the cache, and send the request once more if the token is another.
   * * A 429 makes it wait as `Retry-After` says (but at least about a second, two, four…) and send the request again,
   *   within a budget. A body that is a stream is never sent twice.
   * * At most four calls of one connection run at once in this process; the others wait in line. A call is over when its
   *   body has been received. Of a body that nobody reads, 8 MB are received: read or `cancel()` a larger one, or abort
   *   the signal, because the calls behind it wait until then.
   * * Redirects are returned, never followed.
   *
   * @param path what follows the PIM's address, such as `/api/rest/v1/products?limit=100`.
   * @param init as for the global `fetch`; its `signal` ends the waiting, too.
   * @throws {ConnectionError} everything that `get` throws; `path_not_of_pim`; `app_disconnected`, after which the PIM is
   * not called again until it has a new token; `token_replaced`, after which it is not called for ten seconds unless it
   * has a new token; `rate_limited`.
   * @throws {TypeError} when the PIM cannot be reached, and the signal's reason when it is aborted, as the global `fetch` does.
   * @see docs/pim-contract.md §6
   */
  fetch(pimUrl: string, path: string, init?: PimRequestInit): Promise<Response>;
}
