import { plain } from '../../terminal/printable.ts';
import { failure, type OperatorError, PROGRAM } from '../operator-error.ts';
import { sortedByPim } from '../pims/view.ts';
import type { Session } from '../session.ts';
import type {
  ConnectionRow,
  MalformedConnection,
  ReadConnection,
} from '../stores/connection-table.ts';
import { collect, progress } from '../terminal/progress.ts';

/** Connections, sorted by PIM. */
export interface ReadConnections {
  readonly rows: readonly ConnectionRow[];
  readonly malformed: readonly MalformedConnection[];
}

/** Reads all connections, with a progress line. A malformed row keeps no other from being read. */
export async function readConnections(
  found: AsyncIterable<ReadConnection>,
  { io, now }: Pick<Session, 'io' | 'now'>,
): Promise<ReadConnections> {
  const read = sortedByPim(await collect(found, progress('connections', io, now)));
  return {
    rows: read.filter((one) => one.kind === 'connection'),
    malformed: read.filter((one) => one.kind === 'malformed'),
  };
}

/** Only the connections of a client id; all if it is absent. */
export function onlyClient(
  clientId: string | undefined,
  { rows, malformed }: ReadConnections,
): ReadConnections {
  const isMeant = (one: ReadConnection) => clientId === undefined || one.clientId === clientId;
  return { rows: rows.filter(isMeant), malformed: malformed.filter(isMeant) };
}

/** The failure of a command that could not read some connections. It names each on a line of its own. */
export function malformedFailure(malformed: readonly MalformedConnection[]): OperatorError {
  const count = malformed.length === 1 ? '1 connection' : `${malformed.length} connections`;
  const lines = malformed.map(({ pim, clientId, problem }) =>
    plain(`${pim} (client id ${clientId}): ${problem}`),
  );
  return failure(
    [`${count} cannot be read, because somebody changed the table by hand:`, ...lines].join('\n  '),
    `Let a user open the App from that PIM once, which writes its row anew. Or remove what is stored of it: ${PROGRAM} connections forget <pim>`,
  );
}

/** Ends a command. @throws {OperatorError} naming the malformed connections, if there are any. */
export function failIfMalformed(malformed: readonly MalformedConnection[]): void {
  if (malformed.length > 0) throw malformedFailure(malformed);
}
