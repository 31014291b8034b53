import type { ScopeSet } from '../functions/pim/scopes.ts';
import type { LocalApp } from './local-app.ts';
import { type SimulatedPim, startSimulatedPim } from './simulated-pim/index.ts';

interface SimulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Everything the App asks for. */
  readonly scopes: ScopeSet;
  /** Where users go after connecting. */
  readonly appUrl?: string;
}

/** A simulated PIM, and the client id of the App that it knows. */
export interface ConnectedSimulator {
  readonly pim: SimulatedPim;
  readonly clientId: string;
}

/**
 * Starts a simulated PIM, registers the App with it and puts it on the App's allow-list. No user has connected yet.
 *
 * @throws {Error} with code `EADDRINUSE` when the port is taken.
 */
export async function startSimulator(
  app: LocalApp,
  { port, scopes, appUrl }: SimulatorOptions,
): Promise<ConnectedSimulator> {
  const pim = await startSimulatedPim({ port });
  const { clientId, clientSecret } = pim.registerApp({
    name: 'My App',
    activateUrl: app.activateUrl,
    callbackUrl: app.callbackUrl,
  });
  const listing = { pim: pim.url, clientId, clientSecret, scopes };
  await app.list({ ...listing, ...(appUrl !== undefined && { appUrl }) });
  return { pim, clientId };
}
