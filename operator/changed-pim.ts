import { missingScopes, type ScopeSet } from '../functions/pim/scopes.ts';
import { parseAppUrl } from './app-url.ts';
import { checkedClientId } from './client-credentials.ts';
import { parseLabel } from './label.ts';
import { usageError } from './operator-error.ts';
import { requestedScopes } from './requested-scopes.ts';
import type { Stack } from './stack.ts';
import type { PimRow } from './stores/pim-row.ts';

/** What may be changed of a listed PIM; `false` takes a value away. */
export interface ChangeFlags {
  readonly clientId?: string;
  readonly scopes?: string;
  readonly appUrl?: string | false;
  readonly label?: string | false;
  readonly allowUnknownScopes?: boolean;
}

/**
 * The row with the changes that the options ask for.
 *
 * @throws {OperatorError} for an unusable option, or none at all.
 */
export function changedPim(
  before: PimRow,
  flags: ChangeFlags,
  context: { readonly stage: Stack['stage']; readonly now: number },
): PimRow {
  const { clientId, scopes, appUrl, label } = flags;
  if ([clientId, scopes, appUrl, label].every((value) => value === undefined))
    throw nothingToChange();
  const after: Record<'appUrl' | 'label', string | undefined> = {
    appUrl: changed(before.appUrl, appUrl, (url) => parseAppUrl(url, context.stage)),
    label: changed(before.label, label, parseLabel),
  };
  return {
    pim: before.pim,
    clientId: clientId === undefined ? before.clientId : checkedClientId(clientId),
    scopes: scopes === undefined ? before.scopes : requestedScopes(scopes, flags),
    addedAt: before.addedAt,
    updatedAt: context.now,
    ...(after.appUrl !== undefined && { appUrl: after.appUrl }),
    ...(after.label !== undefined && { label: after.label }),
  };
}

/**
 * The rights that a connected App loses by a change of scopes, implied ones included: from `write_products` to
 * `read_products` loses `write_products` only.
 */
export function lostScopes(before: PimRow, after: PimRow): ScopeSet {
  return missingScopes(before.scopes, after.scopes);
}

function changed(
  before: string | undefined,
  flag: string | false | undefined,
  parse: (raw: string) => string,
): string | undefined {
  if (flag === undefined) return before;
  return flag === false ? undefined : parse(flag);
}

function nothingToChange(): Error {
  return usageError(
    'There is nothing to change.',
    'Give at least one of --scopes, --client-id, --app-url, --no-app-url, --label, --no-label.',
  );
}
