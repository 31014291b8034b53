import type { ConnectionStatus } from '../../functions/activation/connection-status.ts';
import { isMalformed, wellFormed } from '../../functions/pim/malformed.ts';
import { missingScopes, type ScopeSet } from '../../functions/pim/scopes.ts';
import {
  CONNECTION_KEY,
  CONNECTIONS,
  SHOWN_ATTRIBUTES,
} from '../../functions/tables/connections.ts';
import { readRow, type StoredRow } from '../../functions/tables/row.ts';

/** What an operator may see of a connection: everything but its token. */
export interface ConnectionRow {
  readonly kind: 'whole';
  readonly pim: string;
  readonly clientId: string;
  /** `connected`, or why it no longer is. */
  readonly status: ConnectionStatus;
  /** Epoch milliseconds since when it is no longer `connected`. */
  readonly statusAt?: number;
  /**
   * What the last check found; absent if there was none since the PIM last handed out the token, and when the
   * connection has ended since: what was found before that is no longer so.
   */
  readonly health?: string;
  /** Epoch milliseconds of that check. */
  readonly checkedAt?: number;
  /** What the App asked for when it was last opened. */
  readonly requestedScopes: ScopeSet;
  readonly grantedScopes: ScopeSet;
  /** Requested, but not covered by the grant. */
  readonly missingScopes: ScopeSet;
  /** Tells tokens apart without showing them; hex. */
  readonly tokenFingerprint: string;
  /** Epoch milliseconds. */
  readonly firstConnectedAt: number;
  /** Epoch milliseconds. */
  readonly lastOpenedAt: number;
}

/** A connection whose row was changed by hand so that it cannot be read; its key can always be. */
export interface SpoiltConnection {
  readonly kind: 'spoilt';
  readonly pim: string;
  readonly clientId: string;
  /** Names the attribute, never its value. */
  readonly problem: string;
}

/** A row of Connections, as far as it can be read. */
export type ReadConnection = ConnectionRow | SpoiltConnection;

/** Enough to tell any two tokens of one PIM apart, and short enough for a table. */
const SHOWN_FINGERPRINT_LENGTH = 12;

/** Reads a row. A malformed one is returned as such, so that it keeps no other from being read. */
export function connectionFromItem(item: StoredRow): ReadConnection {
  const key = wellFormed(readRow(CONNECTIONS, item, CONNECTION_KEY));
  const row = readRow(CONNECTIONS, item, SHOWN_ATTRIBUTES);
  if (isMalformed(row)) return { kind: 'spoilt', ...key, problem: row.problem };
  const { health, checkedAt, ...rest } = row;
  const isChecked = row.status === 'connected' && health !== undefined && checkedAt !== undefined;
  return {
    kind: 'whole',
    ...rest,
    ...(isChecked && { health, checkedAt }),
    missingScopes: missingScopes(row.requestedScopes, row.grantedScopes),
    tokenFingerprint: row.tokenFingerprint.slice(0, SHOWN_FINGERPRINT_LENGTH),
  };
}
