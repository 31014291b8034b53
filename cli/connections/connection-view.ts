import { PROGRAM } from '../operator-error.ts';
import type { ConnectionRow } from '../stores/connection-table.ts';
import type { RowView } from '../terminal/listing.ts';
import { details, timeJson, timeText } from '../terminal/text.ts';

/** A connection for programs: times in ISO 8601, absent values as `null`. */
export function connectionJson(row: ConnectionRow) {
  return {
    pim: row.pim,
    clientId: row.clientId,
    status: row.status,
    statusAt: timeJson(row.statusAt),
    health: row.health ?? null,
    checkedAt: timeJson(row.checkedAt),
    requestedScopes: row.requestedScopes,
    grantedScopes: row.grantedScopes,
    missingScopes: row.missingScopes,
    tokenFingerprint: row.tokenFingerprint,
    firstConnectedAt: timeJson(row.firstConnectedAt),
    lastOpenedAt: timeJson(row.lastOpenedAt),
  };
}

/** A connection for people. */
export function connectionText(row: ConnectionRow): string {
  return details([
    ['PIM', row.pim],
    ['Client id', row.clientId],
    ['Status', statusText(row)],
    ['Health', row.status === 'connected' ? healthText(row) : undefined],
    ['Token', `${row.tokenFingerprint} (fingerprint; the token itself is encrypted)`],
    ['Granted', row.grantedScopes.join(' ') || 'nothing'],
    ['Missing', row.missingScopes.join(' ') || 'nothing'],
    ['First connected', timeText(row.firstConnectedAt)],
    ['Last opened', timeText(row.lastOpenedAt)],
  ]);
}

function statusText({ status, statusAt }: ConnectionRow): string {
  return statusAt === undefined ? status : `${status} since ${timeText(statusAt)}`;
}

function healthText({ health, checkedAt }: ConnectionRow): string {
  return health === undefined
    ? `not checked yet; check it: ${PROGRAM} connections check`
    : `${health}, checked ${timeText(checkedAt)}`;
}

const HEADINGS = [
  'PIM',
  'CLIENT ID',
  'STATUS',
  'HEALTH',
  'CHECKED',
  'TOKEN',
  'FIRST CONNECTED',
  'LAST OPENED',
  'SCOPES',
];

/** One line for each connection. */
export const CONNECTION_VIEW: RowView<ConnectionRow> = {
  subject: 'connections',
  headings: HEADINGS,
  cells,
  json: connectionJson,
};

function cells(row: ConnectionRow): string[] {
  return [
    row.pim,
    row.clientId,
    statusText(row),
    row.health ?? '-',
    timeText(row.checkedAt),
    row.tokenFingerprint,
    timeText(row.firstConnectedAt),
    timeText(row.lastOpenedAt),
    scopesCell(row),
  ];
}

function scopesCell({ grantedScopes, missingScopes }: ConnectionRow): string {
  const granted = `${grantedScopes.length} granted`;
  return missingScopes.length === 0 ? granted : `${granted}, missing ${missingScopes.join(' ')}`;
}
