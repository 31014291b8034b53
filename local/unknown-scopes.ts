import type { ScopeSet } from '../functions/pim/scopes.ts';
import { AUTHENTICATION_SCOPES, knownAuthorizationScopes } from '../simulator/index.ts';

/**
 * The scopes that the simulated PIM does not know, misspelt ones for example. It offers them to nobody and reports no
 * error, as a real PIM does.
 */
export function unknownScopes(scopes: ScopeSet): string[] {
  const authorization = knownAuthorizationScopes({ catalogs: true, enterprise: true });
  const known = new Set([...authorization, ...AUTHENTICATION_SCOPES]);
  return scopes.filter((scope) => !known.has(scope));
}
