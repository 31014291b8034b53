import type { ConnectionStatus } from '../functions/activation/connection-status.ts';
import type { AccessToken } from '../functions/pim/credentials.ts';

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
   * `connected`; `disconnected` by a PIM user, for ever; or `replaced`: the PIM knows a newer token than we do. The PIM
   * tells none of this by itself, so `connected` means that nobody has noticed anything else.
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
