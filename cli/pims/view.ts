import type { AppType, PimRow } from '../../functions/tables/pims.ts';
import type { Stack } from '../stack.ts';
import { details, timeJson, timeText } from '../terminal/text.ts';
import { urlsOf } from './urls.ts';

/** A row of the allow-list for programs: times in ISO 8601, absent values as `null`. */
export function pimJson(row: PimRow, stack: Stack) {
  return {
    pim: row.pim,
    clientId: row.clientId,
    appType: row.appType ?? null,
    callbackUrl: urlsOf(row, stack).callbackUrl,
    scopes: row.scopes,
    appUrl: row.appUrl ?? null,
    tenant: row.tenant ?? null,
    loginUrl: row.loginUrl ?? null,
    redirectUrl: row.redirectUrl ?? null,
    tenantId: row.tenantId ?? null,
    label: row.label ?? null,
    movedFrom: row.movedFrom ?? null,
    addedAt: timeJson(row.addedAt),
    updatedAt: timeJson(row.updatedAt),
  };
}

/** A row of the allow-list for people. @param secret what is known of its secret, in a few words. */
export function pimText(row: PimRow, stack: Stack, secret?: string): string {
  return details([
    ['PIM', row.pim],
    ['Moved from', row.movedFrom],
    ['Label', row.label],
    ['App', row.appType && APP_TYPE_TEXTS[row.appType]],
    ['Client id', row.clientId],
    ['Secret', secret],
    ['Scopes', row.scopes.join(' ')],
    ['Callback URL', urlsOf(row, stack).callbackUrl],
    ['App URL', row.appUrl ?? '- (users see the page of success)'],
    ['Tenant', row.tenant],
    ['Login URL', row.loginUrl],
    ['Redirect URL', row.redirectUrl],
    ['Added', timeText(row.addedAt)],
    ['Updated', timeText(row.updatedAt)],
  ]);
}

const APP_TYPE_TEXTS: Readonly<Record<AppType, string>> = {
  custom: 'custom App, of this PIM alone',
  app_store: 'App Store App: its PIMs are trusted with each other’s tokens',
};

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
