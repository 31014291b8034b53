import { PimUrl, type PimUrlPolicy } from '../pim/pim-url.ts';
import { type Item, ItemReader } from '../store/item.ts';
import type { ConnectionToVisit, UnreadableConnection } from './ports.ts';

/** The attributes that {@link connectionToVisit} reads. */
export const VISIT_ATTRIBUTES =
  'pim, clientId, encryptedToken, tokenFingerprint, consecutiveInvalid';

/**
 * Reads a row of Connections as one to visit; a row that was spoilt by hand is `unreadable`, so that it keeps no
 * other from being visited.
 *
 * @param policy today's: the PIM's address is checked again, because the token is about to be sent there.
 */
export function connectionToVisit(
  row: Item,
  policy: PimUrlPolicy,
): ConnectionToVisit | UnreadableConnection {
  const reader = new ItemReader('Connections', row);
  const key = { pim: reader.text('pim'), clientId: reader.text('clientId') };
  const parsed = PimUrl.parse(key.pim, policy);
  if (!parsed.ok) return { kind: 'unreadable', ...key, problem: `pim: ${parsed.problem}` };
  try {
    return { kind: 'readable', ...key, pim: parsed.pim, ...tokenOf(reader, row) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unknown';
    return { kind: 'unreadable', ...key, problem };
  }
}

/** @throws {TypeError} naming the attribute that is not usable. */
function tokenOf(reader: ItemReader, row: Item) {
  return {
    encryptedToken: reader.bytes('encryptedToken'),
    tokenFingerprint: reader.text('tokenFingerprint'),
    consecutiveInvalid: row['consecutiveInvalid'] ? reader.number('consecutiveInvalid') : 0,
  };
}
