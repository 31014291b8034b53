import { PimUrl, type PimUrlPolicy } from '../../functions/pim/pim-url.ts';
import { missingScopes, type ScopeSet, scopeSet } from '../../functions/pim/scopes.ts';
import { rowFinder } from '../pims/covering-rows.ts';
import { KNOWN_SCOPES } from '../scopes/known-scopes.ts';
import type { ConnectionRow } from '../stores/connection-row.ts';
import type { PimRow } from '../stores/pim-row.ts';

/** A connection that was granted less than what is listed for its PIM. */
export interface Lagging {
  readonly pim: PimUrl;
  readonly connection: ConnectionRow;
  /** Everything that is listed for the PIM. */
  readonly listed: ScopeSet;
  /** Listed, but not covered by the grant. */
  readonly missing: ScopeSet;
}

/**
 * The connections that lag behind the allow-list, by the row that counts for each: its own, or the most specific
 * suffix. A row of another client id says nothing about a connection.
 */
export function laggingConnections(
  connections: readonly ConnectionRow[],
  rows: readonly PimRow[],
  policy: PimUrlPolicy,
): readonly Lagging[] {
  const rowFor = rowFinder(rows);
  return connections.flatMap((connection) => {
    const parsed = PimUrl.parse(connection.pim, policy);
    const row = parsed.ok ? rowFor(parsed.pim) : undefined;
    if (!parsed.ok || row?.clientId !== connection.clientId) return [];
    const missing = missingScopes(promptable(row.scopes), connection.grantedScopes);
    return missing.length > 0 ? [{ pim: parsed.pim, connection, listed: row.scopes, missing }] : [];
  });
}

const OF_THE_USER: ReadonlySet<string> = new Set(KNOWN_SCOPES['authentication of PIM users']);

/**
 * Each user consents to `openid`, `profile` and `email` alone, when opening the App; nobody is notified of them.
 *
 * @see docs/pim-contract.md §3.5
 */
function promptable(scopes: ScopeSet): ScopeSet {
  return scopeSet(scopes.filter((name) => !OF_THE_USER.has(name)));
}
