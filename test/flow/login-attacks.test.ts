import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { randomText } from '../../functions/activation/flow.ts';
import { LOGINS } from '../../functions/tables/logins.ts';
import { redirectTarget } from '../../simulator/user/browser-session.ts';
import { rows } from '../support/all-rows.ts';
import { marked } from '../support/canary.ts';
import { flowWorld } from '../support/flow-world.ts';
import { forgedTokens, signedToken, twoKeyPairs } from '../support/id-tokens.ts';
import type { ListedPim } from '../support/journeys/journey-world.ts';
import { outcomeAt } from '../support/journeys/journey-world.ts';
import type { LoginApp } from '../support/login-app.ts';
import { LOGIN_SCOPES, startLoginApp, withLogins } from '../support/login-world.ts';

const world = flowWorld({ identity: true });
const [keys, otherKeys] = await twoKeyPairs();

/** An App and a PIM that is connected, both as `open` found them; the browser is back at its PIM. */
async function connected() {
  const app = await startLoginApp(world());
  const options = { openIdKeyPair: async () => keys };
  const listed = await withLogins(world(), app, LOGIN_SCOPES, options);
  const user = world().user(listed);
  await user.connect(listed.clientId);
  return { app, listed, user };
}

/** Opens the App up to the redirect to its login URL, so that a login waits. */
async function openUntilLogin({
  listed,
  user,
}: Pick<Awaited<ReturnType<typeof connected>>, 'listed' | 'user'>) {
  const activate = await user.openAppUrl(listed.clientId);
  const step = await user.authorize(await user.startActivation(activate));
  if (step.kind !== 'callback') throw new Error(`The PIM asks: ${step.kind}`);
  return user.session.get(step.url);
}

/** A question of the App, with what only its session knows. */
function questionFor({ pim }: ListedPim) {
  const verifier = randomText();
  const state = randomText();
  const parameters = new URLSearchParams({
    pim_url: pim.url,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return { verifier, state, parameters };
}

const loginUrl = (parameters: URLSearchParams) =>
  `${world().app.url}/login?${parameters.toString()}`;

const lastLine = () => world().log.at(-1);

/** In the place of all that names a person: wherever the service shows, logs or stores it, it is found at the end. */
const PERSON = marked('person', 40);

describe('an id token that is forged', () => {
  const claims = (listed: ListedPim, changes: object = {}) => ({
    iss: listed.pim.url,
    sub: PERSON,
    aud: listed.clientId,
    iat: Date.now() / 1000,
    exp: Date.now() / 1000 + 3600,
    firstname: PERSON,
    lastname: PERSON,
    email: `${PERSON}@example.com`,
    ...changes,
  });

  /** Lets the PIM answer the next exchange with this token. */
  async function answerWith(listed: ListedPim, idToken: string | undefined) {
    const body = JSON.stringify({
      access_token: (await world().connection(listed))?.accessToken,
      token_type: 'bearer',
      scope: LOGIN_SCOPES,
      id_token: idToken,
    });
    listed.pim.orderFault({ at: 'token', kind: 'wrong-json', body });
  }

  it('is believed when nothing is wrong with it, or the others would prove nothing', async () => {
    const { app, listed, user } = await connected();
    await answerWith(listed, signedToken({ claims: claims(listed) }, keys));
    expect((await user.openApp(listed.clientId)).body).toContain('Hello');
    expect(app.logins).toHaveLength(2);
  });

  type Forgery = keyof ReturnType<typeof forgedTokens>;
  const all = Object.entries(forgedTokens({}, keys, otherKeys)) as [Forgery, [string, string]][];
  /** One for each problem; the tests of `verifyIdToken` have them all. */
  const names = [...new Map(all.map(([name, [, problem]]) => [problem, name])).values()];

  it.each(names)('by %s logs nobody in, and the connection counts', async (name) => {
    const { app, listed, user } = await connected();
    const [token, problem] = forgedTokens(claims(listed), keys, otherKeys)[name];
    await answerWith(listed, token);
    const page = await openUntilLogin({ listed, user });

    expect(lastLine()).toMatchObject({
      message: 'identity_unverified',
      identityProblem: problem,
      Cause: 'pim',
      pim: listed.pim.url,
    });
    expect(redirectTarget(page)).toContain(`${app.loginUrl}?pim_url=`);
    expect(await world().connection(listed)).toMatchObject({ accessToken: expect.any(String) });
    const end = await user.session.follow(redirectTarget(page) ?? '');
    expect(end.body).toBe('Open the App in your PIM');
    expect(app.logins).toHaveLength(1);
  });

  it('is missing', async () => {
    const { listed, user } = await connected();
    await answerWith(listed, undefined);
    await openUntilLogin({ listed, user });
    expect(lastLine()).toMatchObject({ identityProblem: 'missing' });
  });
});

describe('a PIM that does not give its key', () => {
  const faults = {
    'a page in its place': { kind: 'html' },
    'more than 64 KiB': { kind: 'huge-body' },
    'a key that is none': { kind: 'wrong-json', body: '{"public_key":"x"}' },
    'an error': { kind: 'status', status: 500 },
    'no answer within three seconds': { kind: 'slow', ms: 60_000 },
    'a closed connection': { kind: 'reset' },
  } as const;

  it.each(Object.entries(faults))('but %s, keeps nobody from connecting', async (what, fault) => {
    const app = await startLoginApp(world());
    const listed = await withLogins(world(), app);
    listed.pim.orderFault({ at: 'public-key', ...fault });
    const user = world().user(listed);
    const page = await user.connect(listed.clientId);

    expect(page.body).toBe('Open the App in your PIM');
    expect(await world().connection(listed)).toMatchObject({ accessToken: expect.any(String) });
    expect(
      world().log.find(
        ({ pim, message }) => pim === listed.pim.url && message === 'identity_unverified',
      ),
    ).toMatchObject({
      identityProblem: /answer within|closed/.test(what) ? 'key-unreachable' : 'key-unusable',
    });
    expect((await user.openApp(listed.clientId)).body).toContain('Hello');
  });
});

describe('a link of an attacker in the browser of a victim', () => {
  it('leads to no login: the App has not asked for what comes', async () => {
    const { app, listed, user } = await connected();
    await openUntilLogin({ listed, user });
    const { parameters } = questionFor(listed);
    const page = await user.session.follow(loginUrl(parameters));

    expect(page.body).toBe('Not what this browser asked for');
    expect(app.logins).toHaveLength(1);
  });

  it('brings the attacker’s own code, and no login either', async () => {
    const { app, listed, user } = await connected();
    const attacker = world().user(listed);
    await openUntilLogin({ listed, user: attacker });
    const { parameters } = questionFor(listed);
    const answer = redirectTarget(await attacker.session.get(loginUrl(parameters))) ?? '';
    expect(answer).toContain('code=');

    expect((await user.session.follow(answer)).body).toBe('Not what this browser asked for');
    expect(app.logins).toHaveLength(1);
  });
});

describe('a login', () => {
  it('is nothing to another browser', async () => {
    const { app, listed, user } = await connected();
    await openUntilLogin({ listed, user });
    const start = `${app.loginUrl}?pim_url=${encodeURIComponent(listed.pim.url)}`;
    expect((await world().browser().follow(start)).body).toBe('Open the App in your PIM');
    expect((await world().user(listed).session.follow(start)).body).toBe(
      'Open the App in your PIM',
    );
    expect((await user.session.follow(start)).body).toContain('Hello');
  });

  it('is found by each of the cookies that tabs of one moment have made', async () => {
    const { listed, user } = await connected();
    await openUntilLogin({ listed, user });
    const { parameters, state } = questionFor(listed);
    const url = loginUrl(parameters);
    const others = [1, 2, 3].map(
      (n) => `__Host-akeneo-app-browser-${n}2345678=${marked('random', 43)}`,
    );
    const own = user.session.cookiesFor(url).map(({ name, value }) => `${name}=${value}`);
    const cookie = [...others, 'theme=dark', ...own].join('; ');
    const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' });

    const target = new URL(answer.headers.get('location') ?? '').searchParams;
    expect([target.get('state'), target.has('code')]).toEqual([state, true]);
  });

  it('is handed over to one of ten that ask at once', async () => {
    const { listed, user } = await connected();
    await openUntilLogin({ listed, user });
    const asked = Array.from({ length: 10 }, () => loginUrl(questionFor(listed).parameters));
    const pages = await Promise.all(asked.map((url) => user.session.get(url)));
    const targets = pages.map((page) => new URL(redirectTarget(page) ?? '').searchParams);

    expect(targets.filter((target) => target.has('code'))).toHaveLength(1);
    expect(targets.filter((target) => target.get('error') === 'login_required')).toHaveLength(9);
  });

  it('of one PIM is nothing to the question for another PIM of the same browser', async () => {
    const { app, listed, user } = await connected();
    const other = await withLogins(world(), app);
    await world().user(other, user.session).connect(other.clientId);
    await openUntilLogin({ listed, user });
    const { parameters } = questionFor(other);
    const target = redirectTarget(await user.session.get(loginUrl(parameters))) ?? '';

    expect(new URL(target).searchParams.get('error')).toBe('login_required');
    expect(new URL(target).searchParams.get('iss')).toBe(other.pim.url);
    const own = questionFor(listed);
    const got = redirectTarget(await user.session.get(loginUrl(own.parameters))) ?? '';
    expect(new URL(got).searchParams.has('code')).toBe(true);
  });

  it('goes to the redirect URL of its own PIM, and says which PIM that is', async () => {
    const [first, second] = [await connected(), await connected()];
    for (const { listed, user, app } of [first, second]) {
      await openUntilLogin({ listed, user });
      const { parameters, state } = questionFor(listed);
      const target = new URL(redirectTarget(await user.session.get(loginUrl(parameters))) ?? '');
      expect(target.href).toContain(app.redirectUrl);
      expect(target.searchParams.get('iss')).toBe(listed.pim.url);
      expect(target.searchParams.get('state')).toBe(state);
    }
  });

  it('is named in no row of any table while it waits', async () => {
    const { listed, user } = await connected();
    await openUntilLogin({ listed, user });
    const all = await rows(world().app.dynamoDb, LOGINS.name);
    const waiting = all.filter(({ id }) => /^waiting\.[\w-]{43}$/.test(id?.S ?? ''));
    expect(waiting.length).toBeGreaterThan(0);
    for (const row of waiting)
      expect(Object.keys(row).sort()).toEqual(['expiresAt', 'id', 'sealed']);
  });
});

describe('the code of a login', () => {
  async function codeOf({
    listed,
    user,
  }: {
    listed: ListedPim;
    user: ReturnType<ReturnType<typeof world>['user']>;
  }) {
    await openUntilLogin({ listed, user });
    const { parameters, verifier } = questionFor(listed);
    const target = redirectTarget(await user.session.get(loginUrl(parameters))) ?? '';
    return { code: new URL(target).searchParams.get('code') ?? '', verifier };
  }

  const redeemed = (app: LoginApp, code: string, verifier: string) =>
    app.connections.redeemLogin(code, verifier).then(
      ({ pim }) => pim,
      ({ code: problem }: { code: string }) => problem,
    );

  it('is redeemed once, by one of fifty that come at the same time', async () => {
    const { app, listed, user } = await connected();
    const { code, verifier } = await codeOf({ listed, user });
    const all = await Promise.all(Array.from({ length: 50 }, () => redeemed(app, code, verifier)));
    expect(all.filter((one) => one === listed.pim.url)).toHaveLength(1);
    expect(all.filter((one) => one === 'login_invalid')).toHaveLength(49);
  });

  it('is worth nothing without the verifier', async () => {
    const { app, listed, user } = await connected();
    const { code, verifier } = await codeOf({ listed, user });
    for (const wrong of ['', randomText(), code])
      expect(await redeemed(app, code, wrong)).toBe('login_invalid');
    expect(await redeemed(app, code, verifier)).toBe(listed.pim.url);
  });

  it('is worth nothing after a minute', async () => {
    const { app, listed, user } = await connected();
    const { code, verifier } = await codeOf({ listed, user });
    world().advance(61_000);
    expect(await redeemed(app, code, verifier)).toBe('login_invalid');
  });
});

describe('a question', () => {
  const challenge = 'a'.repeat(43);
  const good = (pim = 'https://pim.example.com') => ({
    pim_url: pim,
    state: 'state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  const encoded = (parameters: object) =>
    new URLSearchParams({ ...good(), ...parameters }).toString();
  const without = (name: string) => {
    const parameters = new URLSearchParams(good());
    parameters.delete(name);
    return parameters.toString();
  };

  it.each([
    ['the method plain', encoded({ code_challenge_method: 'plain' })],
    ['another method', encoded({ code_challenge_method: 's256' })],
    ['no method', without('code_challenge_method')],
    ['no challenge', without('code_challenge')],
    ['a short challenge', encoded({ code_challenge: 'a'.repeat(42) })],
    ['a long challenge', encoded({ code_challenge: 'a'.repeat(44) })],
    ['a challenge in base64', encoded({ code_challenge: `${'a'.repeat(42)}+` })],
    ['a challenge and a line end', encoded({ code_challenge: `${challenge}\n` })],
    ['a challenge with padding', encoded({ code_challenge: `${'a'.repeat(42)}=` })],
    ['no state', without('state')],
    ['an empty state', encoded({ state: '' })],
    ['a state with a blank', encoded({ state: 'a b' })],
    ['a state with more than ASCII', encoded({ state: 'é' })],
    ['a state with a line end', encoded({ state: 'a\r\nset-cookie: b' })],
    ['a state that is too long', encoded({ state: 'a'.repeat(513) })],
    ['no PIM', without('pim_url')],
    ['no address for a PIM', encoded({ pim_url: 'javascript:alert(1)' })],
    ['a PIM with a password', encoded({ pim_url: 'https://a:b@pim.example.com' })],
    ['a PIM at plain http', encoded({ pim_url: 'http://pim.example.com' })],
    ['no parameter', ''],
    ['one parameter more, without a value', `${encoded({})}&x`],
    ['two names in one', encoded({}).replace('&code_challenge=', '%2Ccode_challenge=')],
    ['a name in capitals', encoded({}).replace('state', 'STATE')],
    ['a PIM twice, once by an encoded name', `${encoded({})}&pim%5Furl=https%3A%2F%2Fb.example`],
    ['a redirect URL of its own', encoded({ redirect_uri: 'https://evil.example' })],
    ...Object.entries(good()).map(([name, value]) => [
      `${name} twice`,
      `${encoded({})}&${new URLSearchParams({ [name]: value }).toString()}`,
    ]),
  ])('with %s ends in a page and takes nothing', async (_what, query) => {
    const { session } = world().user(await world().startPim());
    expect(await outcomeAt(session, `${world().app.url}/login?${query}`)).toEqual({
      status: 400,
      code: 'login_request_malformed',
    });
  });

  it('about a PIM that is not listed sends the browser nowhere', async () => {
    expect(await outcomeAt(world().browser(), `${world().app.url}/login?${encoded({})}`)).toEqual({
      status: 403,
      code: 'pim_not_listed',
    });
  });

  it('about a PIM whose users nobody logs in sends the browser nowhere', async () => {
    const { pim } = await world().startPim();
    const url = `${world().app.url}/login?${encoded({ pim_url: pim.url })}`;
    expect(await outcomeAt(world().browser(), url)).toEqual({
      status: 403,
      code: 'login_not_set_up',
    });
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('is none by %s', async (method) => {
    const { app, listed, user } = await connected();
    await openUntilLogin({ listed, user });
    const url = loginUrl(questionFor(listed).parameters);
    const cookie = user.session
      .cookiesFor(url)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const answer = await fetch(url, { method, headers: { cookie }, redirect: 'manual' });
    expect(answer.status).toBe(404);
    const start = `${app.loginUrl}?pim_url=${encodeURIComponent(listed.pim.url)}`;
    expect((await user.session.follow(start)).body).toContain('Hello');
  });
});
