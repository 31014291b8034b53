/**
 * The scopes and every scope they imply: writing implies reading, deleting implies both. Implied
 * scopes grant rights, but the PIM neither stores them nor names them in a token response.
 *
 * @see docs/pim-contract.md §3.3
 */
export function expandScopes(scopes: Iterable<string>): ReadonlySet<string> {
  return new Set([...scopes].flatMap((scope) => [scope, ...impliedScopes(scope)]));
}

/**
 * The scopes that a request would add to the granted ones, compared after expansion: asking for
 * `read_products` on top of `write_products` adds nothing.
 *
 * @see docs/pim-contract.md §3.4
 */
export function newScopes(requested: Iterable<string>, granted: Iterable<string>): string[] {
  const alreadyGranted = expandScopes(granted);
  return [...expandScopes(requested)].filter((scope) => !alreadyGranted.has(scope));
}

function impliedScopes(scope: string): string[] {
  const [, verb, entity] = /^(write|delete)_(.+)$/.exec(scope) ?? [];
  if (verb === undefined || entity === undefined) return [];
  return verb === 'write' ? [`read_${entity}`] : [`read_${entity}`, `write_${entity}`];
}
