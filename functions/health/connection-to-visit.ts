import { isMalformed, wellFormed } from '../pim/malformed.ts';
import { PimUrl, type PimUrlPolicy } from '../pim/pim-url.ts';
import { CONNECTION_KEY, CONNECTIONS, type ConnectionAttribute } from '../tables/connections.ts';
import { readRow, type StoredRow } from '../tables/row.ts';
import type { ConnectionToVisit, UnreadableConnection } from './ports.ts';

/** The attributes that {@link connectionToVisit} reads. */
export const VISIT_ATTRIBUTES = [
  'pim',
  'clientId',
  'encryptedToken',
  'tokenFingerprint',
  'consecutiveInvalid',
] as const satisfies readonly ConnectionAttribute[];

/**
 * Reads a row of Connections as one to visit; a row that was spoilt by hand is `unreadable`, so that it keeps no
 * other from being visited.
 *
 * @param policy today's: the PIM's address is checked again, because the token is about to be sent there.
 */
export function connectionToVisit(
  row: StoredRow,
  policy: PimUrlPolicy,
): ConnectionToVisit | UnreadableConnection {
  const key = wellFormed(readRow(CONNECTIONS, row, CONNECTION_KEY));
  const pim = PimUrl.parse(key.pim, policy);
  if (isMalformed(pim)) return { kind: 'unreadable', ...key, problem: `pim: ${pim.problem}` };
  const read = readRow(CONNECTIONS, row, VISIT_ATTRIBUTES);
  if (isMalformed(read)) return { kind: 'unreadable', ...key, problem: read.problem };
  return { consecutiveInvalid: 0, ...read, kind: 'readable', pim };
}
