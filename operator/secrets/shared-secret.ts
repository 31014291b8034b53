import type { ClientSecretVault, SecretState } from '../stores/client-secret-vault.ts';
import { RECOVERY_DAYS } from '../stores/client-secret-vault.ts';
import type { ConnectionTable } from '../stores/connection-table.ts';
import type { PimTable } from '../stores/pim-table.ts';

/** The listed PIMs that use a client id: one for a custom app, any number for an App Store app. */
export async function pimsOfClient(clientId: string, pims: PimTable): Promise<readonly string[]> {
  return usersOf(clientId, pims.list());
}

/** The PIMs that are connected with a client id, listed or not. */
export async function connectedPimsOfClient(
  clientId: string,
  connections: ConnectionTable,
): Promise<readonly string[]> {
  return usersOf(clientId, connections.list());
}

/** What became of the secret of a client id that one PIM no longer uses. */
export type Release =
  | { readonly secret: 'kept'; readonly usedBy: readonly string[] }
  | { readonly secret: 'deletion-scheduled'; readonly recoveryDays: number }
  | { readonly secret: 'being-deleted' }
  | { readonly secret: 'absent' };

/**
 * Lets go of a client id's secret after what used it is gone: kept while something else uses it, otherwise deleted
 * after a window in which a mistake can be undone. A PIM that somebody else adds in this very moment may lose it: the
 * doctor names such a secret, and storing it again brings it back.
 *
 * @param usedBy what else uses the client id.
 */
export async function releaseSecret(
  clientId: string,
  usedBy: readonly string[],
  vault: ClientSecretVault,
): Promise<Release> {
  if (usedBy.length > 0) return { secret: 'kept', usedBy };
  return RELEASES[await vault.scheduleDeletion(clientId)];
}

const RELEASES: Readonly<Record<SecretState, Release>> = {
  stored: { secret: 'deletion-scheduled', recoveryDays: RECOVERY_DAYS },
  'being-deleted': { secret: 'being-deleted' },
  absent: { secret: 'absent' },
};

/** The release as a sentence. */
export function releaseText(clientId: string, release: Release): string {
  switch (release.secret) {
    case 'kept':
      return `The secret of ${clientId} is kept: ${release.usedBy.join(', ')} use it too.`;
    case 'deletion-scheduled':
      return `The secret of ${clientId} is out of use at once and deleted in ${release.recoveryDays} days; until then, adding the PIM again brings it back.`;
    case 'being-deleted':
      return `The secret of ${clientId} is being deleted already.`;
    case 'absent':
      return `There was no secret of ${clientId} to delete.`;
  }
}

async function usersOf(
  clientId: string,
  rows: AsyncIterable<{ readonly pim: string; readonly clientId: string }>,
): Promise<readonly string[]> {
  const users: string[] = [];
  for await (const row of rows) if (row.clientId === clientId) users.push(row.pim);
  return users.sort();
}
