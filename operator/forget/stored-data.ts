import type { PimOrigin } from '../../functions/pim/pim-url.ts';
import { coveringRows } from '../pims/covering-rows.ts';
import type { Session } from '../session.ts';
import type { ConnectionRow } from '../stores/connection-row.ts';
import type { PimRow } from '../stores/pim-row.ts';
import { collect, progress } from '../terminal/progress.ts';

/** What is stored of a PIM, or of one client id in it. */
export interface StoredData {
  readonly pim: PimOrigin;
  /** The only client id that is meant; absent when all are. */
  readonly onlyClientId?: string;
  /** The PIM's own row of the allow-list. */
  readonly listing?: PimRow;
  /** Rows that cover the PIM but are not its to remove: suffixes, and its own row under another client id. */
  readonly othersListings: readonly PimRow[];
  readonly connections: readonly ConnectionRow[];
  /** Whose secrets the PIM has used. */
  readonly clientIds: readonly string[];
}

/** Looks up what is stored of a PIM. @param onlyClientId leaves out all other client ids. */
export async function storedData(
  pim: PimOrigin,
  onlyClientId: string | undefined,
  { pims, connections, io, now }: Session,
): Promise<StoredData> {
  const isMeant = ({ clientId }: { readonly clientId: string }) =>
    onlyClientId === undefined || clientId === onlyClientId;
  const covering = await coveringRows(pim, pims);
  const listing = covering.find((row) => row.pim === pim.toString() && isMeant(row));
  const counter = progress('connections', io, now);
  const connected = (await collect(connections.ofPim(pim.toString()), counter)).filter(isMeant);
  const users = [...(listing ? [listing] : []), ...connected].map(({ clientId }) => clientId);
  return {
    pim,
    ...(onlyClientId !== undefined && { onlyClientId }),
    ...(listing && { listing }),
    othersListings: covering.filter((row) => row !== listing),
    connections: connected,
    clientIds: [...new Set(onlyClientId === undefined ? users : [onlyClientId])].sort(),
  };
}
