import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../simulator/index.ts';
import { flowWorld, type ListedPim } from '../support/flow-world.ts';
import { failingJourneys } from '../support/journeys/failing.contract.ts';

const world = flowWorld();
let listed: ListedPim;

beforeEach(async () => {
  listed = await world().startPim();
});

const ALWAYS = 99;
const tokenRequests = () =>
  listed.pim.requests.filter(({ path }) => path.endsWith('/oauth2/token'));
const lastOutcome = () => world().log.at(-1);

async function connect() {
  return world().user(listed).connect(listed.clientId);
}

const TRANSIENT_FAILURES: readonly [string, Fault, number, string][] = [
  ['resets connections', { at: 'token', kind: 'reset' }, 502, 'pim_unreachable'],
  ['answers 500', { at: 'token', kind: 'status', status: 500 }, 502, 'pim_unexpected_answer'],
  [
    'answers 429',
    { at: 'token', kind: 'status', status: 429, retryAfter: '1' },
    502,
    'pim_unexpected_answer',
  ],
  ['answers 404', { at: 'token', kind: 'status', status: 404 }, 502, 'pim_unexpected_answer'],
  ['answers with a web page', { at: 'token', kind: 'html' }, 502, 'pim_unexpected_answer'],
  ['answers with wrong JSON', { at: 'token', kind: 'wrong-json' }, 502, 'pim_unexpected_answer'],
  [
    'answers with more than 64 KiB',
    { at: 'token', kind: 'huge-body' },
    502,
    'pim_unexpected_answer',
  ],
  ['is slow', { at: 'token', kind: 'slow', ms: 3_000 }, 504, 'pim_timeout'],
];

failingJourneys(world);

describe('when the PIM', () => {
  it.each(TRANSIENT_FAILURES)(
    '%s all the time, the user is told and nothing is connected',
    async (_what, fault, status, code) => {
      listed.pim.orderFault({ ...fault, times: ALWAYS });
      const page = await connect();

      expect(page.status).toBe(status);
      expect(lastOutcome()).toMatchObject({ message: code, level: 'ERROR' });
      expect(tokenRequests().length).toBeGreaterThan(1);
      expect(await world().connection(listed)).toBeUndefined();
    },
  );

  it('is gone, the user is told that it could not be reached', async () => {
    const user = world().user(listed);
    const authorizeUrl = await user.startActivation(await user.activateUrl(listed.clientId));
    await user.authorize(authorizeUrl);
    const callback = await user.confirm(listed.clientId);
    await listed.pim.close();
    const page = await user.session.get(callback);

    expect(page.status).toBe(502);
    expect(lastOutcome()).toMatchObject({ message: 'pim_unreachable', failure: 'unreachable' });
  });

  it('recovers, opening the App again connects', async () => {
    listed.pim.orderFault({ at: 'token', kind: 'status', status: 503, times: ALWAYS });
    await connect();
    listed.pim.clearFaults();
    const page = await world().user(listed).openApp(listed.clientId);

    expect(page.body).toContain('<h1>Connected</h1>');
  });
});

describe('an authorization code that is no longer valid', () => {
  it('ends with a page when the second one is refused as well', async () => {
    listed.pim.orderFault({ at: 'token', kind: 'expired-code', times: ALWAYS });
    const page = await connect();

    expect(page.status).toBe(502);
    expect(lastOutcome()).toMatchObject({ message: 'pim_refused_code', attempt: 2 });
    expect(tokenRequests()).toHaveLength(2);
  });

  it('is one that waited for more than 30 s, and the restart is silent then too', async () => {
    const user = world().user(listed);
    await user.authorize(await user.startActivation(await user.activateUrl(listed.clientId)));
    const callback = await user.confirm(listed.clientId);
    world().advance(31_000);
    const page = await user.session.follow(callback);

    expect(page.body).toContain('<h1>Connected</h1>');
  });
});

describe('the credentials', () => {
  it('are asked for again when the PIM refuses them, and the operator is named', async () => {
    listed.pim.regenerateSecret(listed.clientId);
    const page = await connect();

    expect(page.status).toBe(502);
    expect(page.body).toContain('Ask the people who run this App');
    expect(lastOutcome()).toMatchObject({ message: 'client_credentials_refused', level: 'ERROR' });
    expect(tokenRequests()).toHaveLength(2);
  });

  it('that were rotated cost nobody an error: the remembered secret is read afresh', async () => {
    await connect();
    await world().list(listed, listed.pim.regenerateSecret(listed.clientId));
    const page = await world().user(listed).openApp(listed.clientId);

    expect(page.body).toContain('<h1>Connected</h1>');
    expect(tokenRequests()).toHaveLength(3);
  });

  it('work again once the operator has stored the new secret', async () => {
    const secret = listed.pim.regenerateSecret(listed.clientId);
    await connect();
    await world().list(listed, secret);

    expect((await world().user(listed).openApp(listed.clientId)).body).toContain(
      '<h1>Connected</h1>',
    );
  });

  it('are reported as missing when none are stored', async () => {
    const { activateUrl } = world().app;
    const { clientId } = listed.pim.registerApp({
      name: 'No secret',
      activateUrl,
      callbackUrl: world().app.callbackUrl,
    });
    const incomplete = { ...listed, clientId };
    await world().putRow(incomplete);
    const page = await world().user(listed).connect(clientId);

    expect(page.status).toBe(503);
    expect(lastOutcome()).toMatchObject({ message: 'client_secret_missing', clientId });
  });
});
