import type { PimRow } from '../../functions/tables/pims.ts';
import { asArgument, failure, PROGRAM } from '../operator-error.ts';
import type { Session } from '../session.ts';
import type { ClientSecretStore, Stored } from '../stores/client-secret-store.ts';
import { CLIENT_SECRET_VARIABLE, readClientSecret } from './credentials.ts';

/** What was done about the secret that a row needs. */
export type Provided = Stored | 'kept';

/** A client id's secret and what uses it; printed as JSON. */
interface SecretUse {
  readonly secret: { readonly stored: Provided };
  /** The listed PIMs that it serves. */
  readonly usedBy: readonly string[];
}

/**
 * Makes sure that a client id has a secret. One that is stored is kept, because other PIMs of an App Store app may
 * use it; only `AKENEO_CLIENT_SECRET` replaces it, for all of them.
 *
 * @throws {OperatorError} when none is stored, and none is given or could be one; and when somebody else has stored the
 * one of a custom App while this one was typed, since that App is of one PIM.
 */
export async function provideSecret(
  { clientId, appType }: Pick<PimRow, 'clientId' | 'appType'>,
  { io, clientSecrets }: Session,
): Promise<Provided> {
  const isGiven = io.env[CLIENT_SECRET_VARIABLE] !== undefined;
  const { kind } = await clientSecrets.stateOf(clientId);
  if (!isGiven && kind === 'stored') return 'kept';
  const secret = await readClientSecret(clientId, io);
  if (kind !== 'absent' || appType === 'app_store') return clientSecrets.put(clientId, secret);
  if (await clientSecrets.create(clientId, secret)) return 'created';
  throw failure(
    `Somebody else has stored a secret of ${clientId} in this moment; nothing was changed.`,
    'Run the command again: it then says which PIM has that client id.',
  );
}

/** Finds out who uses a secret. Call it after the row that needs the secret was written. */
export async function secretUse(
  clientId: string,
  stored: Provided,
  { pims }: Session,
): Promise<SecretUse> {
  return { secret: { stored }, usedBy: await pimsOfClient(clientId, pims) };
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
  | { readonly secret: 'deleted' | 'absent' };

/**
 * Releases a client id's secret after a user of it was removed: it is deleted unless something else uses it. A PIM that
 * somebody else adds at the same moment may lose its secret: the doctor names such a PIM.
 *
 * @param usedBy what else uses the client id.
 */
export async function releaseSecret(
  clientId: string,
  usedBy: readonly string[],
  clientSecrets: ClientSecretStore,
): Promise<Release> {
  if (usedBy.length > 0) return { secret: 'kept', usedBy };
  return { secret: (await clientSecrets.delete(clientId)) ? 'deleted' : 'absent' };
}

/** The release as a sentence. */
export function releaseText(clientId: string, release: Release): string {
  switch (release.secret) {
    case 'kept':
      return `The secret of ${clientId} is kept: ${release.usedBy.join(', ')} use it too.`;
    case 'deleted':
      return `The secret of ${clientId} is deleted. Running functions may remember it, but only for flows that were started before.`;
    case 'absent':
      return `There was no secret of ${clientId} to delete.`;
  }
}
