import {
  type SimulatedPim,
  type SimulatedPimOptions,
  startSimulatedPim,
} from '../../simulator/index.ts';
import { marked } from './canary.ts';
import { isNewAddress } from './http-server.ts';
import { sharedKeyPairs } from './key-pairs.ts';

/** A PIM all of whose secrets are marked. */
export interface MarkedPim {
  readonly pim: SimulatedPim;
  /** How many access tokens it has issued so far. */
  readonly tokensIssued: () => number;
}

/** Starts a PIM, at a new address, that hands out marked secrets, codes, tokens and names, so that a leak of any is found. */
export async function startMarkedPim(
  options: Pick<SimulatedPimOptions, 'now' | 'acceptsAnyChallenge' | 'openIdKeyPair'> = {},
): Promise<MarkedPim> {
  let tokens = 0;
  const pim = await startSimulatedPim({
    openIdKeyPair: sharedKeyPairs(),
    ...options,
    clientSecret: () => marked('secret', 86),
    personalText: (text) => `${marked('person', 40)} ${text}`,
    authorizationCode: () => marked('code', 86),
    accessToken: () => {
      tokens += 1;
      return marked('token', 86);
    },
  });
  if (isNewAddress(pim.url)) return { pim, tokensIssued: () => tokens };
  await pim.close();
  return startMarkedPim(options);
}
