import type { AppProps } from '../branding/app.ts';
import { logoDataUri } from '../branding/logo.ts';
import type { ScopeSet } from '../functions/pim/scopes.ts';
import {
  AUTHENTICATION_SCOPES,
  knownAuthorizationScopes,
  type SimulatedPim,
  startSimulatedPim,
} from '../simulator/index.ts';
import type { LoginUrls } from './identity-options.ts';
import type { LocalApp } from './local-app.ts';

interface SimulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Everything the App asks for. */
  readonly scopes: ScopeSet;
  /** What the PIM shows of the App. @default a neutral name, and no logo */
  readonly app?: Pick<AppProps, 'name' | 'logo'>;
  /** Keeps what the PIM remembers; in memory if absent. */
  readonly file?: string;
  /** Listens here in place of localhost. */
  readonly host?: string;
  /** How others reach it; at localhost if absent. */
  readonly publicUrl?: string;
  /** Where users go after connecting. */
  readonly appUrl?: string;
  /** Where the App logs them in. */
  readonly login?: LoginUrls;
}

/** A simulated PIM, and the client id of the App that it knows. */
export interface ConnectedSimulator {
  readonly pim: SimulatedPim;
  readonly clientId: string;
}

/** The same at every start, so that a connection stays one, whatever the simulated PIM has forgotten. */
const CLIENT_ID = '00000000-0000-4000-8000-000000000001';

/**
 * Starts a simulated PIM, registers the App there and puts the PIM on the App's allow-list. The App gets every secret
 * that is regenerated in the PIM, as if its operator had stored it.
 *
 * @throws {Error} with code `EADDRINUSE` when the port is taken.
 */
export async function startSimulator(
  app: LocalApp,
  {
    port,
    scopes,
    appUrl,
    login,
    file,
    host,
    publicUrl,
    app: { name, logo } = {},
  }: SimulatorOptions,
): Promise<ConnectedSimulator> {
  const pim = await startSimulatedPim({
    port,
    ...(file !== undefined && { file }),
    ...(host !== undefined && { host }),
    ...(publicUrl !== undefined && { publicUrl }),
    onSecretRegenerated: (id, secret) => app.replaceClientSecret(id, secret),
  });
  const form = {
    // A PIM takes no name of less than three characters.
    name: name !== undefined && name.length >= 3 ? name : 'My App',
    ...(logo !== undefined && { logo: logoDataUri(logo) }),
    activateUrl: app.activateUrl,
    callbackUrl: app.callbackUrlOf(pim.url),
  };
  const { clientId, clientSecret } =
    pim.updateApp(CLIENT_ID, form) ?? pim.registerApp({ ...form, clientId: CLIENT_ID });
  const registration = { pim: pim.url, clientId, clientSecret, scopes, ...login };
  await app.register({ ...registration, ...(appUrl !== undefined && { appUrl }) });
  return { pim, clientId };
}

/**
 * The scopes that the simulated PIM does not know, such as misspelt ones. Like a real PIM, it ignores them without an
 * error.
 */
export function unknownScopes(scopes: ScopeSet): string[] {
  const authorization = knownAuthorizationScopes({ catalogs: true, enterprise: true });
  const known = new Set([...authorization, ...AUTHENTICATION_SCOPES]);
  return scopes.filter((scope) => !known.has(scope));
}
