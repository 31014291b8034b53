import type { PimUrl } from '../../functions/pim/pim-url.ts';
import { coveringRows } from '../pims/covering-rows.ts';
import type { Session } from '../session.ts';
import type { ConnectionSummary } from '../stores/connection-table.ts';
import type { Listing } from '../stores/pim-row.ts';
import { collect, progress } from '../terminal/progress.ts';

/** What is stored of a PIM, or of one client id in it. */
export interface StoredData {
  readonly pim: PimUrl;
  /** The only client id that is meant; absent when all are. */
  readonly onlyClientId?: string;
  /** The PIM's own row of the allow-list. */
  readonly listing?: Listing;
  /** Rows that cover the PIM but are not its to remove: suffixes, and its own row under another client id. */
  readonly othersListings: readonly Listing[];
  readonly connections: readonly ConnectionSummary[];
  /** Whose secrets the PIM has used. */
  readonly clientIds: readonly string[];
}

/**
 * Looks up what is stored of a PIM. It reads nothing that can be spoilt by hand, because forgetting is also the way to
 * remove a spoilt row.
 *
 * @param onlyClientId leaves out all other client ids.
 */
export async function storedData(
  pim: PimUrl,
  onlyClientId: string | undefined,
  session: Session,
): Promise<StoredData> {
  const isMeant: IsMeant = ({ clientId }) =>
    onlyClientId === undefined || clientId === onlyClientId;
  const stored = {
    pim,
    ...(onlyClientId !== undefined && { onlyClientId }),
    ...(await findListings(pim, isMeant, session)),
    connections: (await findConnections(pim, session)).filter(isMeant),
  };
  return { ...stored, clientIds: clientIdsOf(stored) };
}

type IsMeant = (row: { readonly clientId?: string }) => boolean;

async function findListings(pim: PimUrl, isMeant: IsMeant, { pims }: Session) {
  const covering = await coveringRows(pim, (key) => pims.findListing(key));
  const listing = covering.find((row) => row.pim === pim.toString() && isMeant(row));
  const othersListings = covering.filter((row) => row !== listing);
  return { ...(listing && { listing }), othersListings };
}

function findConnections(
  pim: PimUrl,
  { connections, io, now }: Session,
): Promise<readonly ConnectionSummary[]> {
  const found = connections.summariesOfPim(pim.toString());
  return collect(found, progress('connections', io, now));
}

function clientIdsOf({
  onlyClientId,
  listing,
  connections,
}: Omit<StoredData, 'clientIds'>): readonly string[] {
  if (onlyClientId !== undefined) return [onlyClientId];
  const users = [listing?.clientId, ...connections.map(({ clientId }) => clientId)];
  return [...new Set(users.filter((clientId) => clientId !== undefined))].sort();
}
