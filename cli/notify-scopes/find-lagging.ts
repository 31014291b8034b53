import type { PimUrl } from '../../functions/pim/pim-url.ts';
import {
  onlyClient,
  type ReadConnections,
  readConnections,
} from '../connections/read-connections.ts';
import { coveringRows } from '../pims/covering-rows.ts';
import { notConnected } from '../pims/one-pim.ts';
import type { Session } from '../session.ts';
import type { SpoiltConnection } from '../stores/connection-row.ts';
import type { PimRow } from '../stores/pim-row.ts';
import { collect, progress } from '../terminal/progress.ts';
import { type Lagging, laggingConnections } from './lagging.ts';

/** Which connections are looked at. */
export interface LaggingSearch {
  /** All PIMs if absent. */
  readonly pim?: PimUrl;
  readonly clientId?: string;
}

/** What a search came to. */
interface LaggingFound {
  /** By PIM. */
  readonly lagging: readonly Lagging[];
  /** Of these nobody knows whether they lag. */
  readonly spoilt: readonly SpoiltConnection[];
}

/**
 * The live connections that lag behind the allow-list. A dead one is left out: its token can ask for nothing, and
 * connecting again grants the listed scopes anyway.
 *
 * @throws {OperatorError} when the one PIM that was named has no live connection.
 */
export async function findLagging(search: LaggingSearch, session: Session): Promise<LaggingFound> {
  const { pim, clientId } = search;
  const { rows, spoilt } = onlyClient(clientId, await findConnections(pim, session));
  const live = rows.filter(({ status }) => status === 'connected');
  if (pim && live.length + spoilt.length === 0) throw notConnected(pim, clientId);
  const listed = await readRows(pim, session);
  return { lagging: laggingConnections(live, listed, session.pimUrlPolicy), spoilt };
}

/** Consistent where it is cheap: one PIM is mostly named right after its scopes were changed. */
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
