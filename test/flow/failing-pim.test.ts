import dns from 'node:dns';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseScope } from '../../functions/pim/scopes.ts';
import type { Fault } from '../../simulator/index.ts';
import { redirectTarget } from '../../simulator/user/browser-session.ts';
import { marked } from '../support/canary.ts';
import { flowWorld, type ListedPim, SCOPES } from '../support/flow-world.ts';
import { failingJourneys } from '../support/journeys/failing.contract.ts';
import { untilCallback } from '../support/journeys/journey-world.ts';

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

/** Connects as a person does, who takes some time in the wizard; the clock is moved for it. */
async function connectAsAPerson() {
  const { user, callback } = await untilCallback(world(), listed);
  world().advance(6_000);
  return user.session.get(callback);
}

/** What the PIM does, how the flow ends, and how often the PIM is asked. */
const FAILURES: readonly [string, Fault, number, string, number][] = [
  ['resets connections', { at: 'token', kind: 'reset' }, 502, 'pim_unreachable', 4],
  ['answers 500', { at: 'token', kind: 'status', status: 500 }, 502, 'pim_unexpected_answer', 4],
  [
    'answers 429',
    { at: 'token', kind: 'status', status: 429, retryAfter: '1' },
    502,
    'pim_unexpected_answer',
    2,
  ],
  [
    'asks for a minute of patience',
    { at: 'token', kind: 'status', status: 503, retryAfter: '60' },
    502,
    'pim_unexpected_answer',
    1,
  ],
  ['answers 404', { at: 'token', kind: 'status', status: 404 }, 502, 'pim_unexpected_answer', 1],
  ['answers 302', { at: 'token', kind: 'status', status: 302 }, 502, 'pim_unexpected_answer', 1],
  ['answers with a web page', { at: 'token', kind: 'html' }, 502, 'pim_unexpected_answer', 4],
  ['answers with wrong JSON', { at: 'token', kind: 'wrong-json' }, 502, 'pim_unexpected_answer', 4],
  [
    'grants scopes that no PIM has',
    {
      at: 'token',
      kind: 'wrong-json',
      body: JSON.stringify({ access_token: 'a', token_type: 'bearer', scope: 'é'.repeat(9_000) }),
    },
    502,
    'pim_unexpected_answer',
    1,
  ],
  [
    'answers with more than 64 KiB',
    { at: 'token', kind: 'huge-body' },
    502,
    'pim_unexpected_answer',
    4,
  ],
  ['is slow', { at: 'token', kind: 'slow', ms: 3_000 }, 504, 'pim_timeout', 4],
];

failingJourneys(world);

describe('when the PIM', () => {
  it.each(FAILURES)(
    '%s all the time, the user is told and nothing is connected',
    async (_what, fault, status, code, requests) => {
      listed.pim.orderFault({ ...fault, times: ALWAYS });
      const page = await connectAsAPerson();

      expect(page.status).toBe(status);
      expect(lastOutcome()).toMatchObject({ message: code, level: 'ERROR', Cause: 'pim' });
      expect(tokenRequests()).toHaveLength(requests);
      expect(await world().connection(listed)).toBeUndefined();
    },
  );

  it('has no OpenID keys, the user is told that it failed, and not that it was late', async () => {
    await world().list(listed, await listed.pim.regenerateSecret(listed.clientId), {
      scopes: 'openid read_products',
    });
    listed.pim.removeOpenIdKeys();
    const page = await connect();

    expect(page.status).toBe(502);
    expect(page.body).toContain('Your PIM failed while it answered this App');
    expect(world().log.slice(-2)).toMatchObject([
      { message: 'authorization_repeated', level: 'INFO', attempt: 2 },
      { message: 'pim_answer_lost', attempt: 2 },
    ]);
    for (const line of world().log.slice(-2)) expect(line).not.toHaveProperty('Cause', 'late-code');
    expect(tokenRequests()).toHaveLength(4);

    listed.pim.rotateOpenIdKeys();
    // Making them takes the PIM longer than an exchange waits here.
    await fetch(`${listed.pim.url}/connect/apps/v1/openid/public-key`);
    expect((await world().user(listed).openApp(listed.clientId)).body).toContain(
      '<h1>Connected</h1>',
    );
  });

  it('is gone, the user is told that it could not be reached', async () => {
    const user = world().user(listed);
    const authorizeUrl = await user.startActivation(await user.activateUrl(listed.clientId));
    await user.authorize(authorizeUrl);
    const callback = await user.confirm(listed.clientId);
    await listed.pim.close();
    const page = await user.session.get(callback);

    expect(page.status).toBe(502);
    expect(lastOutcome()).toMatchObject({
      message: 'pim_unreachable',
      failure: 'unreachable',
      connectionFailure: 'connection-refused',
    });
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

describe('an invented authorization code', () => {
  it('costs one request, names no late code and wakes nobody', async () => {
    const { user, callback } = await untilCallback(world(), listed);
    const invented = new URL(callback);
    invented.searchParams.set('code', 'x'.repeat(86));
    const page = await user.session.get(invented.href);

    expect(page.status).toBe(400);
    expect(lastOutcome()).toMatchObject({ message: 'code_unknown', level: 'WARN' });
    expect(lastOutcome()).not.toHaveProperty('Cause');
    expect(tokenRequests()).toHaveLength(1);
  });

  it('wakes nobody either where the PIM is switched off', async () => {
    listed.pim.orderFault({ at: 'token', kind: 'status', status: 404, times: ALWAYS });
    await connect();

    expect(lastOutcome()).toMatchObject({ message: 'pim_unexpected_answer', level: 'WARN' });
    expect(lastOutcome()).not.toHaveProperty('Cause');
  });
});

/** Answers every look-up as the system's resolver answers for a name that does not exist; no name server is asked. */
function nothingResolves() {
  const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  return vi.spyOn(dns, 'lookup').mockImplementation((...args: unknown[]) => {
    const done = args.at(-1);
    if (typeof done === 'function') done(notFound);
  });
}

afterEach(() => vi.restoreAllMocks());

describe('a PIM whose name is gone', () => {
  // It was looked up nine times, for eleven seconds, and the alarm of failing PIMs went off.
  it('costs one look-up, and wakes nobody when nobody was there', async () => {
    const lookup = nothingResolves();
    const pim = 'https://gone.example.com';
    const app = {
      clientId: 'gone',
      clientSecret: marked('secret', 86),
      scopes: parseScope(SCOPES),
    };
    await world().app.register({ pim, ...app });
    const browser = world().browser();
    const opened = await browser.get(
      `${world().app.activateUrl}?pim_url=${encodeURIComponent(pim)}`,
    );
    const state = new URL(redirectTarget(opened) ?? '').searchParams.get('state');
    const callback = `${world().app.callbackUrlOf(pim)}?code=invented&state=${state}`;
    const page = await browser.get(callback);

    expect(page.status).toBe(502);
    expect(lookup).toHaveBeenCalledOnce();
    expect(lastOutcome()).toMatchObject({
      message: 'pim_unreachable',
      connectionFailure: 'name-not-found',
      level: 'WARN',
    });
    expect(lastOutcome()).not.toHaveProperty('Cause');
  });
});

describe('the credentials', () => {
  it('are asked for again when the PIM refuses them, and the operator is named', async () => {
    await listed.pim.regenerateSecret(listed.clientId);
    const page = await connectAsAPerson();

    expect(page.status).toBe(502);
    expect(page.body).toContain('Ask the people who run this App');
    expect(lastOutcome()).toMatchObject({ message: 'client_credentials_refused', level: 'ERROR' });
    expect(tokenRequests()).toHaveLength(2);
  });

  it('that were rotated cost nobody an error: the remembered secret is read afresh', async () => {
    await connect();
    await world().list(listed, await listed.pim.regenerateSecret(listed.clientId));
    const page = await world().user(listed).openApp(listed.clientId);

    expect(page.body).toContain('<h1>You are connected</h1>');
    expect(tokenRequests()).toHaveLength(3);
  });

  it('work again once the operator has stored the new secret', async () => {
    const secret = await listed.pim.regenerateSecret(listed.clientId);
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
