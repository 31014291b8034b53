import { missingScopes, type ScopeSet } from '../../functions/pim/scopes.ts';
import { usageError } from '../operator-error.ts';
import { requestedScopes } from '../scopes/requested-scopes.ts';
import type { Stack } from '../stack.ts';
import type { PimRow } from '../stores/pim-row.ts';
import { parseAppUrl } from './app-url.ts';

/** What may be changed of a listed PIM, each checked by itself; `false` takes a value away. */
export interface ChangeFlags {
  readonly clientId?: string;
  readonly scopes?: string;
  readonly appUrl?: string | false;
  readonly label?: string | false;
  readonly allowUnknownScopes?: boolean;
}

/**
 * Checks the options together, as far as that needs no stack.
 *
 * @throws {OperatorError} for scopes that cannot be requested, or no change at all.
 */
export function checkChanges(flags: ChangeFlags): void {
  const { clientId, scopes, appUrl, label } = flags;
  if ([clientId, scopes, appUrl, label].every((value) => value === undefined))
    throw nothingToChange();
  if (scopes !== undefined) requestedScopes(scopes, flags);
}

/**
 * The row with the changes that the options ask for.
 *
 * @throws {OperatorError} for an option that this stack does not take.
 */
export function changedPim(
  before: PimRow,
  flags: ChangeFlags,
  context: { readonly stage: Stack['stage']; readonly now: number },
): PimRow {
  const { clientId = before.clientId, scopes } = flags;
  return {
    pim: before.pim,
    clientId,
    scopes: scopes === undefined ? before.scopes : requestedScopes(scopes, flags),
    addedAt: before.addedAt,
    updatedAt: context.now,
    ...changedTexts(before, flags, context.stage),
  };
}

function changedTexts(
  before: PimRow,
  flags: ChangeFlags,
  stage: Stack['stage'],
): Pick<PimRow, 'appUrl' | 'label'> {
  const appUrl = changed(before.appUrl, flags.appUrl, (url) => parseAppUrl(url, stage));
  const label = changed(before.label, flags.label);
  return { ...(appUrl !== undefined && { appUrl }), ...(label !== undefined && { label }) };
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
  parse: (raw: string) => string = (raw) => raw,
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
