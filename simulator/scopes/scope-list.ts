import { AUTHENTICATION_SCOPES } from './catalogue.ts';

/** What an App asked for, split as the PIM splits it. Both lists are sorted and free of doubles. */
export interface RequestedScopes {
  readonly authorization: readonly string[];
  readonly authentication: readonly string[];
}

/**
 * Reads a `scope` parameter: separated by single spaces, case-sensitive, unknown scopes dropped.
 *
 * @see docs/pim-contract.md §3.3
 */
export function parseRequestedScopes(scope: string, known: ReadonlySet<string>): RequestedScopes {
  const requested = scope.split(' ');
  return {
    authorization: sortedScopes(requested.filter((name) => known.has(name))),
    authentication: sortedScopes(requested.filter((name) => AUTHENTICATION_SCOPES.includes(name))),
  };
}

/** The scopes without doubles, in the alphabetical order in which the PIM keeps every list. */
export function sortedScopes(scopes: Iterable<string>): string[] {
  return [...new Set(scopes)].sort();
}
