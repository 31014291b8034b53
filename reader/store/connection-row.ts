import { missingScopes, parseScope } from '../../functions/pim/scopes.ts';
import { type Item, ItemReader } from '../../functions/store/item.ts';
import { CONNECTION_STATUSES, type ConnectionStatus } from '../../functions/store/list-index.ts';
import type { ListedConnection } from '../connection.ts';
import { ConnectionError } from '../errors/connection-error.ts';

/** A row of Connections, its token still encrypted. */
export interface StoredConnection {
  readonly listed: ListedConnection;
  readonly encryptedToken: Uint8Array;
}

/** @throws {ConnectionError} `connection_malformed`, naming the attribute. */
export function storedConnection(row: Item): StoredConnection {
  return readable(() => ({
    listed: listed(row),
    encryptedToken: new ItemReader('Connections', row).bytes('encryptedToken'),
  }));
}

/** @throws {ConnectionError} `connection_malformed`, naming the attribute. */
export function listedConnection(row: Item): ListedConnection {
  return readable(() => listed(row));
}

function listed(item: Item): ListedConnection {
  const row = new ItemReader('Connections', item);
  const scopes = parseScope(row.text('grantedScopes'));
  return {
    pim: row.text('pim'),
    clientId: row.text('clientId'),
    scopes,
    missingScopes: missingScopes(parseScope(row.text('requestedScopes')), scopes),
    connectedAt: row.time('firstConnectedAt'),
    lastOpenedAt: row.time('lastOpenedAt'),
    status: statusOf(row),
    tokenFingerprint: row.text('tokenFingerprint'),
  };
}

function statusOf(row: ItemReader): ConnectionStatus {
  const text = row.text('status');
  const status = CONNECTION_STATUSES.find((known) => known === text);
  if (status) return status;
  throw new TypeError('A row of Connections has no usable "status".');
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const next = 'Let a PIM user open the App once, which writes the record anew.';
    throw new ConnectionError('connection_malformed', `${error.message} ${next}`);
  }
}
