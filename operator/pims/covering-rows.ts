import { listingKeys } from '../../functions/pim/pim-suffix.ts';
import type { PimOrigin } from '../../functions/pim/pim-url.ts';
import type { PimRow } from '../stores/pim-row.ts';
import type { PimTable } from '../stores/pim-table.ts';

/** The rows that cover a PIM, the one that counts first: its own, then suffixes from the most to the least specific. */
export async function coveringRows(pim: PimOrigin, pims: PimTable): Promise<readonly PimRow[]> {
  const rows = await Promise.all(listingKeys(pim).map((key) => pims.find(key)));
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
