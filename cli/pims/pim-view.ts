import type { PimRow } from '../stores/pim-row.ts';
import { timeText } from '../terminal/plain.ts';
import { details } from '../terminal/table.ts';

/** A row of the allow-list for programs: times in ISO 8601, absent values as `null`. */
export function pimJson(row: PimRow) {
  return {
    pim: row.pim,
    clientId: row.clientId,
    scopes: row.scopes,
    appUrl: row.appUrl ?? null,
    label: row.label ?? null,
    addedAt: new Date(row.addedAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
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
