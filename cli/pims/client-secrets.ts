import type { PimRow } from '../../functions/tables/pims.ts';
import { asArgument, PROGRAM } from '../operator-error.ts';
import type { Session } from '../session.ts';
import {
  type ClientSecretStore,
  RECOVERY_DAYS,
  type SecretState,
  type Stored,
} from '../stores/client-secret-store.ts';
import { CLIENT_SECRET_VARIABLE, readClientSecret } from './credentials.ts';

/** What was done about the secret that a row needs. */
export type Provided = Stored | 'kept';

/** A client id's secret and what uses it; printed as JSON. */
interface SecretUse {
  readonly secret: { readonly name: string; readonly stored: Provided };
  /** The listed PIMs that it serves. */
  readonly usedBy: readonly string[];
}

/**
 * Makes sure that a client id has a secret. One that is stored is kept, because other PIMs of an App Store app may
 * use it; only `AKENEO_CLIENT_SECRET` replaces it, for all of them.
 *
 * @throws {OperatorError} when none is stored, and none is given or could be one.
 */
export async function provideSecret(
  clientId: string,
  { io, clientSecrets }: Session,
): Promise<Provided> {
  const isGiven = io.env[CLIENT_SECRET_VARIABLE] !== undefined;
  if (!isGiven && (await clientSecrets.stateOf(clientId)) === 'stored') return 'kept';
  return clientSecrets.put(clientId, await readClientSecret(clientId, io));
}

/** Finds out who uses a secret. Call it after the row that needs the secret was written. */
export async function secretUse(
  clientId: string,
  stored: Provided,
  { pims, clientSecrets }: Session,
): Promise<SecretUse> {
  const usedBy = await pimsOfClient(clientId, pims);
  return { secret: { name: clientSecrets.nameOf(clientId), stored }, usedBy };
}

/** The use of a secret in sentences. */
export function secretUseText(
  { pim, clientId }: Pick<PimRow, 'pim' | 'clientId'>,
  { secret, usedBy }: SecretUse,
): string {
  const what =
    secret.stored === 'kept'
      ? `was stored already and is kept (a new one: ${PROGRAM} pims rotate-secret ${asArgument(pim)})`
      : `was ${secret.stored}`;
  return `The secret of ${clientId} ${what}. It is used by: ${usedBy.join(', ')}.`;
}

/** The allow-list or the connections: each knows which PIMs use a client id. */
interface ClientUsers {
  pimsOfClient(clientId: string): AsyncIterable<string>;
}

/**
 * The PIMs that a table has for a client id, sorted: one for a custom app, any number for an App Store app. Malformed
 * rows count as well.
 */
export async function pimsOfClient(
  clientId: string,
  table: ClientUsers,
): Promise<readonly string[]> {
  const pims: string[] = [];
  for await (const pim of table.pimsOfClient(clientId)) pims.push(pim);
  return pims.sort();
}

/** What was done about the secret of a client id that one PIM no longer uses. */
export type Release =
  | { readonly secret: 'kept'; readonly usedBy: readonly string[] }
  | { readonly secret: 'deletion-scheduled'; readonly recoveryDays: number }
  | { readonly secret: 'being-deleted' }
  | { readonly secret: 'absent' };

/**
 * Releases a client id's secret after a user of it was removed. It is kept while something else uses it; otherwise it
 * is deleted after some days, in which a mistake can be undone. A PIM that somebody else adds at the same moment may
 * lose its secret: the doctor names such a secret, and storing it again brings it back.
 *
 * @param usedBy what else uses the client id.
 */
export async function releaseSecret(
  clientId: string,
  usedBy: readonly string[],
  clientSecrets: ClientSecretStore,
): Promise<Release> {
  if (usedBy.length > 0) return { secret: 'kept', usedBy };
  return RELEASES[await clientSecrets.scheduleDeletion(clientId)];
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
