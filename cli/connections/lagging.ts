import { isMalformed } from '../../functions/pim/malformed.ts';
import { PimUrl, type PimUrlPolicy } from '../../functions/pim/pim-url.ts';
import { KNOWN_SCOPES } from '../../functions/pim/scope-catalogue.ts';
import { missingScopes, type ScopeSet, scopeSet } from '../../functions/pim/scopes.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
import { notConnected } from '../pims/pim-key.ts';
import { coveringRows, rowFinder } from '../pims/registrations.ts';
import type { Session } from '../session.ts';
import type { ConnectionRow, MalformedConnection } from '../stores/connection-table.ts';
import { collect, progress } from '../terminal/progress.ts';
import { onlyClient, type ReadConnections, readConnections } from './read-connections.ts';

interface LaggingFound {
  /** Sorted by PIM. */
  readonly lagging: readonly Lagging[];
  /** Whether these lag is not known. */
  readonly malformed: readonly MalformedConnection[];
}

/**
 * Finds the connections with the status `connected` that lag behind the allow-list. For others, the token is of no use,
 * and connecting again grants the listed scopes anyway.
 *
 * @throws {OperatorError} when the one PIM that was named has no live connection.
 */
export async function findLagging(
  pim: PimUrl | undefined,
  clientId: string | undefined,
  session: Session,
): Promise<LaggingFound> {
  const { rows, malformed } = onlyClient(clientId, await findConnections(pim, session));
  const live = rows.filter(({ status }) => status === 'connected');
  if (pim && live.length + malformed.length === 0) throw notConnected(pim, clientId);
  const listed = await readRows(pim, session);
  return { lagging: laggingConnections(live, listed, session.pimUrlPolicy), malformed };
}

/** One PIM is read consistently, which is cheap: it is mostly named right after its scopes were changed. */
function findConnections(pim: PimUrl | undefined, session: Session): Promise<ReadConnections> {
  const { connections } = session;
  const found = pim ? connections.ofPim(pim.toString()) : connections.withStatus('connected');
  return readConnections(found, session);
}

function readRows(pim: PimUrl | undefined, { pims, io, now }: Session): Promise<readonly PimRow[]> {
  return pim
    ? coveringRows(pim, (key) => pims.find(key))
    : collect(pims.list(), progress('PIMs', io, now));
}

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
 * The connections that lag behind the row that counts for their PIM: its own, or the most specific suffix. A row of
 * another client id says nothing about a connection.
 */
export function laggingConnections(
  connections: readonly ConnectionRow[],
  rows: readonly PimRow[],
  policy: PimUrlPolicy,
): readonly Lagging[] {
  const rowFor = rowFinder(rows);
  return connections.flatMap((connection) => {
    const parsed = PimUrl.parse(connection.pim, policy);
    const row = isMalformed(parsed) ? undefined : rowFor(parsed);
    if (isMalformed(parsed) || row?.clientId !== connection.clientId) return [];
    const missing = missingScopes(promptable(row.scopes), connection.grantedScopes);
    return missing.length > 0 ? [{ pim: parsed, connection, listed: row.scopes, missing }] : [];
  });
}

const OF_THE_USER: ReadonlySet<string> = new Set(KNOWN_SCOPES['authentication of PIM users']);

/**
 * Leaves out `openid`, `profile` and `email`: each user consents to them when opening the App, and nobody is notified.
 *
 * @see docs/pim-contract.md §3.5
 */
function promptable(scopes: ScopeSet): ScopeSet {
  return scopeSet(scopes.filter((name) => !OF_THE_USER.has(name)));
}
