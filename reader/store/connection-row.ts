import {
  CONNECTION_STATUSES,
  type ConnectionStatus,
} from '../../functions/activation/connection-status.ts';
import { missingScopes, parseScope } from '../../functions/pim/scopes.ts';
import { type Item, ItemReader } from '../../functions/store/item.ts';
import type { ListedConnection } from '../connection.ts';
import { ConnectionError } from '../errors/connection-error.ts';

/** A row of Connections, its token still encrypted. */
export interface StoredConnection {
  readonly listed: ListedConnection;
  readonly encryptedToken: Uint8Array;
}

/** @throws {ConnectionError} `connection_malformed`, naming the connection and the attribute. */
export function storedConnection(item: Item): StoredConnection {
  return readable(item, (row) => ({
    listed: listed(row),
    encryptedToken: row.bytes('encryptedToken'),
  }));
}

/** @throws {ConnectionError} `connection_malformed`, naming the connection and the attribute. */
export function listedConnection(item: Item): ListedConnection {
  return readable(item, listed);
}

function listed(row: ItemReader): ListedConnection {
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

function readable<T>(item: Item, read: (row: ItemReader) => T): T {
  const row = new ItemReader('Connections', item);
  // The key of the table: DynamoDB keeps no row without it.
  const [pim, clientId] = [row.text('pim'), row.text('clientId')];
  try {
    return read(row);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const which = `The connection of ${pim} under the client id ${clientId} cannot be read.`;
    const next = 'Let a PIM user open the App once, which writes the record anew.';
    const message = `${which} ${error.message} ${next}`;
    throw new ConnectionError('connection_malformed', message, { pim, clientId });
  }
}
