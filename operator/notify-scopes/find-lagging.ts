import type { PimOrigin } from '../../functions/pim/pim-url.ts';
import { coveringRows } from '../pims/covering-rows.ts';
import { notConnected } from '../pims/one-pim.ts';
import { sortedByPim } from '../pims/sorted-by-pim.ts';
import type { Session } from '../session.ts';
import type { ConnectionRow } from '../stores/connection-row.ts';
import type { PimRow } from '../stores/pim-row.ts';
import { collect, progress } from '../terminal/progress.ts';
import { type Lagging, laggingConnections } from './lagging.ts';

/** Which connections are looked at. */
export interface LaggingSearch {
  /** All PIMs if absent. */
  readonly pim?: PimOrigin;
  readonly clientId?: string;
}

/**
 * The live connections that lag behind the allow-list, sorted. A dead one is left out: its token can ask for nothing,
 * and connecting again grants the listed scopes anyway.
 *
 * @throws {OperatorError} when the one PIM that was named has no live connection.
 */
export async function findLagging(
  { pim, clientId }: LaggingSearch,
  session: Session,
): Promise<readonly Lagging[]> {
  const connections = (await readConnections(pim, session)).filter(
    (row) => row.status === 'connected' && (clientId === undefined || row.clientId === clientId),
  );
  if (pim && connections.length === 0) throw notConnected(pim, clientId);
  const rows = await readRows(pim, session);
  return laggingConnections(sortedByPim(connections), rows, session.pimUrlPolicy);
}

/** Consistent where it is cheap: one PIM is mostly named right after its scopes were changed. */
function readConnections(
  pim: PimOrigin | undefined,
  { connections, io, now }: Session,
): Promise<readonly ConnectionRow[]> {
  const rows = pim ? connections.ofPim(pim.toString()) : connections.withStatus('connected');
  return collect(rows, progress('connections', io, now));
}

function readRows(
  pim: PimOrigin | undefined,
  { pims, io, now }: Session,
): Promise<readonly PimRow[]> {
  return pim ? coveringRows(pim, pims) : collect(pims.list(), progress('PIMs', io, now));
}
