import {
  type ClientSecretStore,
  RECOVERY_DAYS,
  type SecretState,
} from '../stores/client-secret-store.ts';

/** A table that knows which PIMs use a client id: the allow-list, or the connections. */
interface ClientUsers {
  pimsOfClient(clientId: string): AsyncIterable<string>;
}

/**
 * The PIMs that a table has for a client id, sorted: one for a custom app, any number for an App Store app. A spoilt row
 * of any PIM does not keep a secret from being released.
 */
export async function pimsOfClient(
  clientId: string,
  table: ClientUsers,
): Promise<readonly string[]> {
  const pims: string[] = [];
  for await (const pim of table.pimsOfClient(clientId)) pims.push(pim);
  return pims.sort();
}

/** What became of the secret of a client id that one PIM no longer uses. */
export type Release =
  | { readonly secret: 'kept'; readonly usedBy: readonly string[] }
  | { readonly secret: 'deletion-scheduled'; readonly recoveryDays: number }
  | { readonly secret: 'being-deleted' }
  | { readonly secret: 'absent' };

/**
 * Releases a client id's secret after what used it is removed: kept while something else uses it, otherwise deleted
 * after some days, in which a mistake can be undone. A PIM that somebody else adds in this very moment may lose it: the
 * doctor names such a secret, and storing it again brings it back.
 *
 * @param usedBy what else uses the client id.
 */
export async function releaseSecret(
  clientId: string,
  usedBy: readonly string[],
  vault: ClientSecretStore,
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
      return `The secret of ${clientId} cannot be read any more and is deleted in ${release.recoveryDays} days; until then, adding the PIM again brings it back. Running functions may remember it, but only for flows that were started before.`;
    case 'being-deleted':
      return `The secret of ${clientId} is being deleted already.`;
    case 'absent':
      return `There was no secret of ${clientId} to delete.`;
  }
}
