import { closestName } from '../../functions/closest-name.ts';
import {
  formatScope,
  MAX_SCOPE_LENGTH,
  parseScope,
  type ScopeSet,
} from '../../functions/pim/scopes.ts';
import { usageError } from '../operator-error.ts';
import { isKnownScope, knownScopes } from './known-scopes.ts';

const SEE_LIST = 'All scopes are listed by: npm run app -- pims add --help';

/** For a PIM that is newer than the list of this version. */
export const ALLOW_UNKNOWN_SCOPES = '--allow-unknown-scopes';

/**
 * Reads what an operator typed as scopes: names with blanks between them.
 *
 * @param options.allowUnknownScopes takes names that are not on the list.
 * @throws {OperatorError} naming every unknown scope, with the likely one, or the length that is too much.
 */
export function requestedScopes(
  typed: string,
  options: { readonly allowUnknownScopes?: boolean } = {},
): ScopeSet {
  const problem = scopesProblem(typed, options);
  if (problem) throw usageError(problem, SEE_LIST);
  return readScopes(typed);
}

/** What is wrong with the typed scopes, if anything; for prompts, which ask again. */
export function scopesProblem(
  typed: string,
  options: { readonly allowUnknownScopes?: boolean } = {},
): string | undefined {
  const scopes = readScopes(typed);
  if (scopes.length === 0) return 'An App needs at least one scope.';
  if (typed.includes(',')) return 'Scopes are separated by blanks, not by commas.';
  const length = formatScope(scopes).length;
  if (length > MAX_SCOPE_LENGTH)
    return `The scopes are ${length} characters long; a PIM takes at most ${MAX_SCOPE_LENGTH}.`;
  const unknown = options.allowUnknownScopes ? [] : scopes.filter((name) => !isKnownScope(name));
  return unknown.length > 0 ? describeUnknown(unknown) : withoutOpenid(scopes);
}

function readScopes(typed: string): ScopeSet {
  return parseScope(typed.trim().replaceAll(/\s+/g, ' '));
}

function describeUnknown(names: readonly string[]): string {
  const described = names.map((name) => {
    const closest = closestName(name, knownScopes());
    return `"${name}"${closest ? ` (did you mean ${closest}?)` : ''}`;
  });
  return `No PIM knows the scope ${described.join(', ')}. If yours does, add ${ALLOW_UNKNOWN_SCOPES}.`;
}

/** @see docs/pim-contract.md §3.2: without `openid` there is no id token that could hold them. */
function withoutOpenid(scopes: ScopeSet): string | undefined {
  const idle = scopes.filter((name) => name === 'profile' || name === 'email');
  if (idle.length === 0 || scopes.includes('openid')) return undefined;
  return `${idle.join(' and ')} give nothing without openid: add openid.`;
}
