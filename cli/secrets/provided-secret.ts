import { asArgument, PROGRAM } from '../program-name.ts';
import type { Session } from '../session.ts';
import type { Stored } from '../stores/client-secret-store.ts';
import type { PimRow } from '../stores/pim-row.ts';
import { CLIENT_SECRET_VARIABLE, readClientSecret } from './client-credentials.ts';
import { pimsOfClient } from './shared-secret.ts';

/** What became of the secret of a client id that a row needs. */
export type Provided = Stored | 'kept';

/** A client id's secret and what uses it, for programs. */
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
export async function provideSecret(clientId: string, { io, vault }: Session): Promise<Provided> {
  const isGiven = io.env[CLIENT_SECRET_VARIABLE] !== undefined;
  if (!isGiven && (await vault.stateOf(clientId)) === 'stored') return 'kept';
  return vault.put(clientId, await readClientSecret(clientId, io));
}

/** Who uses a secret that was provided; to be asked once the row that needs it is written. */
export async function secretUse(
  clientId: string,
  stored: Provided,
  { pims, vault }: Session,
): Promise<SecretUse> {
  const usedBy = await pimsOfClient(clientId, pims);
  return { secret: { name: vault.nameOf(clientId), stored }, usedBy };
}

/** The same in a sentence or two. */
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
