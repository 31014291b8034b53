import type { PimOrigin } from '../pim/pim-url.ts';
import { type Item, ItemReader } from '../store/item.ts';
import type { ConnectionToVisit } from './ports.ts';

/** The attributes that {@link connectionToVisit} reads, beside the address of the PIM. */
export const VISIT_ATTRIBUTES = 'clientId, encryptedToken, tokenFingerprint, deadSightings';

/**
 * Reads a row of Connections as one to visit. The PIM's address is checked by the caller, because the token is
 * about to be sent there.
 *
 * @throws {TypeError} naming the attribute that is not usable.
 */
export function connectionToVisit(pim: PimOrigin, row: Item): ConnectionToVisit {
  const reader = new ItemReader('Connections', row);
  return {
    kind: 'readable',
    pim,
    clientId: reader.text('clientId'),
    encryptedToken: reader.bytes('encryptedToken'),
    tokenFingerprint: reader.text('tokenFingerprint'),
    deadSightings: row['deadSightings'] ? reader.number('deadSightings') : 0,
  };
}
