import type { PimRow } from '../../functions/tables/pims.ts';
import { details, timeJson, timeText } from '../terminal/text.ts';

/** A row of the allow-list for programs: times in ISO 8601, absent values as `null`. */
export function pimJson(row: PimRow) {
  return {
    pim: row.pim,
    clientId: row.clientId,
    scopes: row.scopes,
    appUrl: row.appUrl ?? null,
    label: row.label ?? null,
    addedAt: timeJson(row.addedAt),
    updatedAt: timeJson(row.updatedAt),
  };
}

/** A row of the allow-list for people. @param secret what is known of its secret, in a few words. */
export function pimText(row: PimRow, secret?: string): string {
  return details([
    ['PIM', row.pim],
    ['Label', row.label],
    ['Client id', row.clientId],
    ['Secret', secret],
    ['Scopes', row.scopes.join(' ')],
    ['App URL', row.appUrl ?? '- (users see the page of success)'],
    ['Added', timeText(row.addedAt)],
    ['Updated', timeText(row.updatedAt)],
  ]);
}

/** Sorts rows by the address of their PIM, because a scan returns them in no order. */
export function sortedByPim<Row extends { readonly pim: string; readonly clientId: string }>(
  rows: readonly Row[],
): readonly Row[] {
  return rows.toSorted((one, other) => compare(keyOf(one), keyOf(other)));
}

function keyOf({ pim, clientId }: { readonly pim: string; readonly clientId: string }): string {
  return `${pim} ${clientId}`;
}

/** By code point: the same on every machine, whatever its locale. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
