import { removeFlows } from '../flows/remove-flows.ts';
import { unlistedFlows } from '../flows/unlisted-flows.ts';
import { pimsOfClient, type Release, releaseSecret } from '../secrets/shared-secret.ts';
import type { Session } from '../session.ts';
import type { Listing } from '../stores/pim-row.ts';

/** What removing a row has removed besides. */
export interface Removed {
  /** How many were not finished: users who are on their way, and attempts that were given up within the last days. */
  readonly flows: number;
  /** Absent for a row whose client id was removed by hand. */
  readonly release?: Release;
}

/**
 * Removes a row of the allow-list, so that no flow starts any more; then the flows that it has let start; and its
 * secret last, because a flow fails without it in a way that looks like an outage.
 *
 * @throws the signal's reason between two steps, when it is aborted.
 */
export async function removePim(
  listing: Listing,
  session: Session,
  signal: AbortSignal,
): Promise<Removed> {
  const { clientId } = listing;
  await session.pims.remove(listing.pim);
  const flows = await removeFlows(unlistedFlows(listing, session), session.flows, signal);
  signal.throwIfAborted();
  return clientId === undefined ? { flows } : { flows, release: await release(clientId, session) };
}

async function release(clientId: string, { pims, vault }: Session): Promise<Release> {
  return releaseSecret(clientId, await pimsOfClient(clientId, pims), vault);
}
