import { type VerifyLogin, withoutLogin } from '../activation/identity.ts';
import { importBeside } from '../import-beside.ts';
import type { VerifyLoginDeps } from './verify-login.ts';

/** Verifies logins by a module beside the bundle, so that no cold start reads it before somebody is to be logged in. */
export function loadedLogins(deps: VerifyLoginDeps): VerifyLogin {
  return async (opening) => {
    try {
      const { verifyLogin } = await importBeside<typeof import('./verify-login.ts')>(
        'verify-login',
        import.meta.url,
      );
      return await verifyLogin(opening, deps);
    } catch {
      return async (connected) => withoutLogin(connected, { problem: 'defect' });
    }
  };
}
