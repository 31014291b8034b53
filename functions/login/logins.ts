import type { Logins, Opening, Unverified, Verified } from '../activation/identity.ts';
import { importBeside } from '../import-beside.ts';
import type { LoginRow, VerifyDeps } from './verify-login.ts';

/** Writes a row of Logins, over an older one of the same browser and PIM. */
export type PutLogin = (row: LoginRow) => Promise<void>;

/**
 * Verifies logins by a module beside the bundle, so that no cold start reads it before somebody is to be logged in.
 *
 * @param put throws a `ServiceError` when the row cannot be written.
 */
export function loadedLogins(put: PutLogin, deps: VerifyDeps): Logins {
  return { verify: (opening) => verify(opening, put, deps).catch(defect) };
}

async function verify(
  opening: Opening,
  put: PutLogin,
  deps: VerifyDeps,
): Promise<Verified | Unverified> {
  const { verifyLogin } = await importBeside<typeof import('./verify-login.ts')>(
    'verify-login',
    import.meta.url,
  );
  const row = await verifyLogin(opening, deps);
  return 'kind' in row ? row : { kind: 'verified', keep: () => put(row) };
}

/** Whatever is wrong here, the connection counts. */
function defect(error: unknown): Unverified {
  const errorName = error instanceof Error ? error.name : 'not an Error';
  return { kind: 'unverified', problem: 'defect', context: { errorName } };
}
