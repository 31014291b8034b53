/**
 * Scopes as the PIM treats them: sets of case-sensitive names in which `write_…` and `delete_…`
 * imply weaker rights that the PIM grants but never lists.
 *
 * @see docs/pim-contract.md §3.3
 */

/** Names of scopes, sorted and without duplicates; equal sets are equal lists. */
export type ScopeSet = readonly string[] & { readonly __scopes: true };

/** The PIM refuses longer `scope` parameters. @see docs/pim-contract.md §2.1 */
export const MAX_SCOPE_LENGTH = 1000;

/** Sorted and without duplicates or empty names, as the PIM itself lists scopes. */
export function scopeSet(names: Iterable<string>): ScopeSet {
  const sorted = [...new Set(names)].filter((name) => name !== '').sort();
  // A sorted list without duplicates is what the brand stands for; this is the only place it is given.
  return sorted as readonly string[] as ScopeSet;
}

/** Reads a `scope` parameter or response member: names delimited by single spaces (RFC 6749 §3.3). */
export function parseScope(scope: string): ScopeSet {
  return scopeSet(scope.split(' '));
}

/** Writes the `scope` parameter. */
export function formatScope(scopes: ScopeSet): string {
  return scopes.join(' ');
}

/** The set with everything that its members imply. */
export function expand(scopes: ScopeSet): ScopeSet {
  return scopeSet(scopes.flatMap((name) => [name, ...impliedBy(name)]));
}

/**
 * The requested scopes that the grant does not cover, implied rights included: asking for
 * `read_products` is covered by `write_products`.
 */
export function missingScopes(requested: ScopeSet, granted: ScopeSet): ScopeSet {
  const covered = new Set(expand(granted));
  return scopeSet(requested.filter((name) => !covered.has(name)));
}

/** True when both hold the same names; order never counts. */
export function sameScopes(one: ScopeSet, other: ScopeSet): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}

function impliedBy(name: string): string[] {
  const [verb, subject] = splitVerb(name);
  if (verb === 'delete') return [`write_${subject}`, `read_${subject}`];
  return verb === 'write' ? [`read_${subject}`] : [];
}

function splitVerb(name: string): [verb: string, subject: string] {
  const at = name.indexOf('_');
  return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)];
}
