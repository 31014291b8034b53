import type { SimulatedPimOptions } from '../../../../simulator/index.ts';
import { marked } from '../../../support/canary.ts';
import { obtainToken, type TestPim, testPim } from '../../simulator/setup.ts';
import type { ReaderWorld } from './reader-world.ts';

/** A simulated PIM in which the App is connected, with its token stored. */
export interface ConnectedPim extends TestPim {
  readonly url: string;
  readonly clientId: string;
  /** A PIM user connects or opens the App and the callback stores the token, which it returns. */
  readonly open: (scope?: string) => Promise<string>;
  /** The same, but nothing is stored: the token is lost. */
  readonly openWithoutStoring: (scope?: string) => Promise<string>;
  /** How many calls reached the PIM's web API. */
  readonly apiCalls: () => number;
}

/** Starts a PIM and connects the App. */
export async function connectedPim(
  world: ReaderWorld,
  options: SimulatedPimOptions = {},
): Promise<ConnectedPim> {
  const test = await testPim({ accessToken: () => marked('token', 86), ...options });
  const url = test.pim.url;
  const { clientId } = test.app;
  const openWithoutStoring = async (scope?: string) =>
    (await obtainToken(test, scope)).access_token;
  const open = async (scope = 'read_products') => {
    world.time += 1;
    return world.connect({ pim: url, clientId, scope, token: await openWithoutStoring(scope) });
  };
  await open();
  const isApiCall = ({ path }: { path: string }) => path.includes('/api/rest/');
  const apiCalls = () => test.pim.requests.filter(isApiCall).length;
  return { ...test, url, clientId, open, openWithoutStoring, apiCalls };
}
