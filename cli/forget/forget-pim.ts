import { removeFlows } from '../flows/remove-flows.ts';
import { pimsOfClient, type Release, releaseSecret } from '../secrets/shared-secret.ts';
import type { Session } from '../session.ts';
import type { StoredData } from './stored-data.ts';

/** The release of one client id's secret. */
type ClientRelease = { readonly clientId: string } & Release;

/** What forgetting has removed beyond what was known before. */
export interface Forgotten {
  readonly flows: number;
  readonly secrets: readonly ClientRelease[];
}

/**
 * Removes what is stored of a PIM, in an order in which every step leaves something that works or is refused cleanly:
 * the listing first, so that no flow starts any more; then the flows, so that none can bring a new connection; then
 * the connections; and the secrets last, because what still uses one would fail without it.
 *
 * @throws the signal's reason between two steps, when it is aborted.
 */
export async function forgetPim(
  stored: StoredData,
  session: Session,
  signal: AbortSignal,
): Promise<Forgotten> {
  if (stored.listing) await session.pims.remove(stored.listing.pim);
  const started = session.flows.ofPim(stored.pim.toString(), stored.onlyClientId);
  const flows = await removeFlows(started, session.flows, signal);
  for (const connection of stored.connections) {
    signal.throwIfAborted();
    await session.connections.remove(connection);
  }
  return { flows, secrets: await releaseSecrets(stored, session, signal) };
}

async function releaseSecrets(
  { clientIds }: StoredData,
  session: Session,
  signal: AbortSignal,
): Promise<readonly ClientRelease[]> {
  const secrets: ClientRelease[] = [];
  for (const clientId of clientIds) {
    signal.throwIfAborted();
    secrets.push({ clientId, ...(await release(clientId, session)) });
  }
  return secrets;
}

/** Connections count as well: a PIM may be connected without being listed any more, and connect again. */
async function release(clientId: string, { pims, connections, vault }: Session): Promise<Release> {
  const listed = await pimsOfClient(clientId, pims);
  const connected = await pimsOfClient(clientId, connections);
  return releaseSecret(clientId, [...new Set([...listed, ...connected])].sort(), vault);
}
