import { missingScopes, parseScope, type ScopeSet } from '../../functions/pim/scopes.ts';
import { type Item, ItemReader } from '../../functions/store/item.ts';

/** What an operator may see of a connection: everything but its token. */
export interface ConnectionRow {
  readonly kind: 'whole';
  readonly pim: string;
  readonly clientId: string;
  /** `connected`, or why it no longer is. */
  readonly status: string;
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

/**
 * The attributes that are read, from the table or from its index of statuses; the encrypted token is not one of them,
 * so it never leaves the table.
 */
export const CONNECTION_ATTRIBUTES = [
  'pim',
  'clientId',
  'status',
  'statusAt',
  'health',
  'checkedAt',
  'requestedScopes',
  'grantedScopes',
  'tokenFingerprint',
  'firstConnectedAt',
  'lastOpenedAt',
] as const satisfies readonly (keyof ConnectionRow)[];

/** Enough to tell any two tokens of one PIM apart, and short enough for a table. */
const SHOWN_FINGERPRINT_LENGTH = 12;

/** Reads a row. One that was spoilt by hand is returned as such, so that it keeps no other from being read. */
export function connectionFromItem(row: Item): ReadConnection {
  const reader = new ItemReader('Connections', row);
  const key = { pim: reader.text('pim'), clientId: reader.text('clientId') };
  try {
    return { kind: 'whole', ...key, ...healthOf(reader, row), ...grantOf(reader) };
  } catch (error) {
    return { kind: 'spoilt', ...key, problem: error instanceof Error ? error.message : 'unknown' };
  }
}

/** @throws {TypeError} naming the attribute that is not usable. */
function grantOf(reader: ItemReader) {
  const requestedScopes = parseScope(reader.text('requestedScopes'));
  const grantedScopes = parseScope(reader.text('grantedScopes'));
  return {
    requestedScopes,
    grantedScopes,
    missingScopes: missingScopes(requestedScopes, grantedScopes),
    tokenFingerprint: reader.text('tokenFingerprint').slice(0, SHOWN_FINGERPRINT_LENGTH),
    firstConnectedAt: reader.time('firstConnectedAt'),
    lastOpenedAt: reader.time('lastOpenedAt'),
  };
}

/** @throws {TypeError} naming the attribute that is not usable. */
function healthOf(reader: ItemReader, row: Item) {
  const status = reader.text('status');
  const health = status === 'connected' ? reader.optionalText('health') : undefined;
  return {
    status,
    ...(row['statusAt'] && { statusAt: reader.time('statusAt') }),
    ...(health !== undefined && { health, checkedAt: reader.time('checkedAt') }),
  };
}
