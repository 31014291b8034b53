/**
 * The Connections table: which PIM is connected, since when, with which scopes, and its encrypted token. This is
 * the one place that knows a row: its keys, its index, its attributes, and which of them each consumer may touch.
 */
import { CONNECTION_STATUSES } from '../activation/connection-status.ts';
import type { Grant } from '../activation/ports.ts';
import {
  type AttributeName,
  BYTES,
  type Item,
  ignorable,
  NUMBER,
  oneOf,
  optional,
  type Row,
  SCOPES,
  type Table,
  TEXT,
  TIME,
  text,
  toItem,
} from './row.ts';

/** The table, by its attributes. What each of them means is in {@link CONNECTION_MEANINGS}. */
export const CONNECTIONS = {
  name: 'Connections',
  partitionKey: 'pim',
  sortKey: 'clientId',
  attributes: {
    pim: TEXT,
    clientId: TEXT,
    status: oneOf(CONNECTION_STATUSES),
    statusAt: optional(TIME),
    encryptedToken: BYTES,
    tokenFingerprint: TEXT,
    requestedScopes: SCOPES,
    grantedScopes: SCOPES,
    firstConnectedAt: TIME,
    lastOpenedAt: TIME,
    lastFlow: TEXT,
    health: ignorable(TEXT),
    checkedAt: optional(TIME),
    consecutiveInvalid: optional(NUMBER),
  },
} as const satisfies Table;

/** The name of an attribute of a connection. */
export type ConnectionAttribute = AttributeName<typeof CONNECTIONS>;

/** Some attributes of a connection. */
export type ConnectionRow<Name extends ConnectionAttribute> = Row<typeof CONNECTIONS, Name>;

/** For `docs/`, which is made from it. Apart from the attributes, so that no bundle carries these texts. */
export const CONNECTION_MEANINGS: Readonly<Record<ConnectionAttribute, string>> = {
  pim: 'the PIM’s address, normalised',
  clientId: 'the App’s client id in that PIM',
  status: '`connected`, `disconnected` or `replaced`',
  statusAt:
    'when a back end or the health check ended the connection; absent while it is `connected`',
  encryptedToken:
    'ciphertext of KMS over the token’s UTF-8 text, with the encryption context `{"pim": …, "clientId": …}`',
  tokenFingerprint: '32 hex digits that differ from token to token, and from key to key',
  requestedScopes: 'what the App asked for when it was last opened',
  grantedScopes: 'what the PIM granted; `write_…` includes `read_…`, `delete_…` includes both',
  firstConnectedAt: 'when the App was connected for the first time',
  lastOpenedAt: 'when a PIM user last opened the App',
  lastFlow: 'the id of the activation that wrote the row last',
  health: 'what the last health check found; absent until the first one',
  checkedAt: 'when that check was made',
  consecutiveInvalid:
    'in how many checks in a row the PIM called the token invalid; absent for none',
};

/** What identifies a connection. It is the encryption context of its token as well. */
export const CONNECTION_KEY = ['pim', 'clientId'] as const satisfies readonly ConnectionAttribute[];

/** The key of a row. */
export function connectionKey(key: {
  readonly pim: { toString(): string };
  readonly clientId: string;
}): Item {
  return { pim: text(key.pim.toString()), clientId: text(key.clientId) };
}

/**
 * The index by which connections are listed: by status, then PIM. It holds no token, so whoever may list connections
 * has no way to a token.
 */
export const STATUS_INDEX = {
  name: 'ByStatus',
  partitionKey: 'status',
  sortKey: 'pim',
  attributes: [
    'requestedScopes',
    'grantedScopes',
    'tokenFingerprint',
    'firstConnectedAt',
    'lastOpenedAt',
    'statusAt',
    'health',
    'checkedAt',
  ],
} as const satisfies Record<string, string | readonly ConnectionAttribute[]>;

// Each list is written out: a bundler keeps a list that spreads another one, also where nobody uses it.

/** All that confirming a connection touches; above all, not `encryptedToken`. */
export const CONFIRM_ATTRIBUTES = [
  'pim',
  'clientId',
  'status',
  'lastOpenedAt',
  'grantedScopes',
  'firstConnectedAt',
] as const satisfies readonly ConnectionAttribute[];

/** All that learning which token is stored touches; above all, not `encryptedToken`. */
export const FINGERPRINT_ATTRIBUTES = [
  ...CONNECTION_KEY,
  'tokenFingerprint',
] as const satisfies readonly ConnectionAttribute[];

/** All that marking a connection as disconnected touches; above all, not `encryptedToken`. */
export const MARK_ATTRIBUTES = [
  'pim',
  'clientId',
  'status',
  'statusAt',
  'tokenFingerprint',
] as const satisfies readonly ConnectionAttribute[];

/** All that recording a health check touches; above all, not `encryptedToken`. */
export const HEALTH_ATTRIBUTES = [
  'pim',
  'clientId',
  'status',
  'statusAt',
  'tokenFingerprint',
  'health',
  'checkedAt',
  'consecutiveInvalid',
] as const satisfies readonly ConnectionAttribute[];

/** The attributes that a row may be shown by: all but the token and what only the functions work with. */
export const SHOWN_ATTRIBUTES = [
  'pim',
  'clientId',
  'status',
  'requestedScopes',
  'grantedScopes',
  'tokenFingerprint',
  'firstConnectedAt',
  'lastOpenedAt',
  'statusAt',
  'health',
  'checkedAt',
] as const satisfies readonly ConnectionAttribute[];

/** What every grant writes, whether its token is new or not. */
export function grantToItem(grant: Grant): Item {
  return toItem(CONNECTIONS, {
    status: 'connected',
    requestedScopes: grant.requestedScopes,
    grantedScopes: grant.grantedScopes,
    lastOpenedAt: grant.tokenRequestedAt,
    lastFlow: grant.flowId,
  });
}

/** What a grant removes: a token that the PIM has just handed out is alive, whatever an earlier check found. */
export const OUTDATED_BY_GRANT = [
  'health',
  'checkedAt',
  'consecutiveInvalid',
  'statusAt',
] as const satisfies readonly ConnectionAttribute[];
