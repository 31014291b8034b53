import type { ScopeSet } from '../functions/pim/scopes.ts';
import type { LocalApp } from './local-app.ts';
import { type SimulatedPim, startSimulatedPim } from './simulated-pim/index.ts';

export interface SimulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly scopes: ScopeSet;
  readonly appUrl?: string;
}

export interface ConnectedSimulator {
  readonly pim: SimulatedPim;
  readonly clientId: string;
}

/** Starts a simulated PIM, registers the App with it and lists it with the App. */
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
