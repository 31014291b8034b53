import { asArgument, PROGRAM } from '../program-name.ts';
import type { ClientSecretStore, SecretState } from '../stores/client-secret-store.ts';
import type { PimRow } from '../stores/pim-row.ts';
import { type DoctorFinding, healthy, ill } from './finding.ts';

const CHECK = 'Client secret';

const PROBLEMS: Readonly<Record<Exclude<SecretState, 'stored'>, string>> = {
  absent: 'is missing',
  'being-deleted': 'is being deleted',
};

/** Whether the secret of a row is there; that it is the right one only the PIM can tell, when somebody connects. */
export async function checkSecret(
  { pim, clientId }: Pick<PimRow, 'pim' | 'clientId'>,
  vault: ClientSecretStore,
): Promise<DoctorFinding> {
  const state = await vault.stateOf(clientId);
  return state === 'stored'
    ? healthy(CHECK, `of ${clientId} is stored`)
    : ill(
        CHECK,
        `of ${clientId} ${PROBLEMS[state]}`,
        `Store it: ${PROGRAM} pims rotate-secret ${asArgument(pim)}`,
      );
}

/** One row for each client id: PIMs of an App Store app share a secret. */
export function oneRowPerClient(rows: readonly PimRow[]): readonly PimRow[] {
  return [...new Map(rows.map((row) => [row.clientId, row])).values()];
}
