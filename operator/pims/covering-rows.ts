import { listingKeys } from '../../functions/pim/pim-suffix.ts';
import type { PimOrigin } from '../../functions/pim/pim-url.ts';
import type { Listing, PimRow } from '../stores/pim-row.ts';

/**
 * The rows that cover a PIM, the one that counts first: its own, then suffixes from the most to the least specific.
 *
 * @param find looks up one row by its key.
 */
export async function coveringRows<Row extends Listing>(
  pim: PimOrigin,
  find: (key: string) => Promise<Row | undefined>,
): Promise<readonly Row[]> {
  const rows = await Promise.all(listingKeys(pim).map(find));
  return rows.filter((row) => row !== undefined);
}

/** Finds the row that counts for a PIM among rows that were read already. */
export function rowFinder(rows: readonly PimRow[]): (pim: PimOrigin) => PimRow | undefined {
  const byKey = new Map(rows.map((row) => [row.pim, row]));
  return (pim) =>
    listingKeys(pim)
      .map((key) => byKey.get(key))
      .find((row) => row !== undefined);
}
