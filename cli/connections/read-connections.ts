import { sortedByPim } from '../pims/sorted-by-pim.ts';
import type { Session } from '../session.ts';
import type { ConnectionRow, ReadConnection, SpoiltConnection } from '../stores/connection-row.ts';
import { collect, progress } from '../terminal/progress.ts';

/** Connections by PIM, those that cannot be read apart from the others. */
export interface ReadConnections {
  readonly rows: readonly ConnectionRow[];
  readonly spoilt: readonly SpoiltConnection[];
}

/** Reads all that was found, with a progress line. One spoilt row keeps no other from being read. */
export async function readConnections(
  found: AsyncIterable<ReadConnection>,
  { io, now }: Pick<Session, 'io' | 'now'>,
): Promise<ReadConnections> {
  const read = sortedByPim(await collect(found, progress('connections', io, now)));
  return {
    rows: read.filter((one) => one.kind === 'whole'),
    spoilt: read.filter((one) => one.kind === 'spoilt'),
  };
}

/** Only the connections of a client id; all if it is absent. */
export function onlyClient(
  clientId: string | undefined,
  { rows, spoilt }: ReadConnections,
): ReadConnections {
  const isMeant = (one: ReadConnection) => clientId === undefined || one.clientId === clientId;
  return { rows: rows.filter(isMeant), spoilt: spoilt.filter(isMeant) };
}
