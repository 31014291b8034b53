import { describe, expect, it } from 'vitest';
import type { IdTokenProblem } from '../../functions/pim/id-token.ts';
import { forgeIdToken } from '../../simulator/id-token.ts';
import { type Fault, ID_TOKEN_FORGERIES, type IdTokenForgery } from '../../simulator/index.ts';
import { flowWorld } from '../support/flow-world.ts';
import type { ListedPim } from '../support/journeys/journey-world.ts';
import { sharedKeyPairs } from '../support/key-pairs.ts';
import { startLoginApp, withLogins } from '../support/login-world.ts';

const world = flowWorld({ identity: true });

// The first keys of a process take longer to make than an exchange may.
const nextPair = sharedKeyPairs();
await nextPair();
const { privateKey } = await nextPair();
const nobody = { id: '', firstName: '', lastName: '', email: '', mayManageApps: false };
const subject = { issuer: '', clientId: '', account: nobody, consent: { sub: '', scopes: [] } };
await forgeIdToken('other-key', subject, { privateKey, certificate: '' }, 0);

/** What becomes of a person who connects while something is wrong with the PIM's word about them. */
async function connectWhile(goWrong: (listed: ListedPim) => void) {
  const app = await startLoginApp(world());
  const listed = await withLogins(world(), app);
  goWrong(listed);
  const user = world().user(listed);
  const page = await user.connect(listed.clientId);
  const line = world().log.findLast(({ message }) => message === 'identity_unverified');
  const problem = line?.['pim'] === listed.pim.url ? line['identityProblem'] : undefined;
  const isConnected = (await world().connection(listed)) !== undefined;
  const again = () => {
    listed.pim.clearFaults();
    return user.openApp(listed.clientId);
  };
  return { page: page.body, problem, isConnected, again };
}

/** As often as anybody may ask. */
const ordered = (fault: Fault) => (listed: ListedPim) =>
  listed.pim.orderFault({ ...fault, times: 9 });

const PROBLEMS: Readonly<Record<IdTokenForgery, IdTokenProblem | 'missing'>> = {
  'alg-none': 'malformed',
  'hs256-public-key': 'algorithm',
  'other-key': 'signature',
  'changed-claims': 'signature',
  'other-issuer': 'issuer',
  'other-audience': 'audience',
  expired: 'expired',
  'from-the-future': 'from-the-future',
  'no-subject': 'subject',
  'no-token': 'algorithm',
  missing: 'missing',
};

describe('a PIM that sends a forged id token', () => {
  it.each(ID_TOKEN_FORGERIES)('(%s) connects the App and logs nobody in', async (forgery) => {
    const fault = { at: 'token', kind: 'forged-id-token', forgery } as const;
    const { again, ...seen } = await connectWhile(ordered(fault));

    expect(seen).toEqual({
      page: 'Open the App in your PIM',
      problem: PROBLEMS[forgery],
      isConnected: true,
    });
    expect((await again()).body).toContain('Hello');
  });
});

describe('a PIM whose key is not to be had', () => {
  const at = 'public-key';

  it.each<[name: string, fault: Fault, problem: string]>([
    ['slow', { at, kind: 'slow', ms: 60_000 }, 'key-unreachable'],
    ['gone', { at, kind: 'reset' }, 'key-unreachable'],
    ['HTML', { at, kind: 'html' }, 'key-unusable'],
    ['more than 64 KiB', { at, kind: 'huge-body' }, 'key-unusable'],
    ['broken JSON', { at, kind: 'wrong-json' }, 'key-unusable'],
    ['no key', { at, kind: 'wrong-json', body: '{"public_key":"x"}' }, 'key-unusable'],
    ['an error', { at, kind: 'status', status: 500 }, 'key-unusable'],
    ['another one by now', { at: 'token', kind: 'key-rotated' }, 'signature'],
  ])('(%s) connects the App and logs nobody in', async (_name, fault, problem) => {
    const { again, ...seen } = await connectWhile(ordered(fault));

    expect(seen).toEqual({ page: 'Open the App in your PIM', problem, isConnected: true });
    expect((await again()).body).toContain('Hello');
  });
});
