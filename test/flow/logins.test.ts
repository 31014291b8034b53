import { describe, expect, it } from 'vitest';
import { WAITING_LIFETIME_MS } from '../../functions/login/login.ts';
import { LOGINS } from '../../functions/tables/logins.ts';
import { rows } from '../support/all-rows.ts';
import { awsCallsOf } from '../support/aws-calls.ts';
import { flowWorld, type ListedPim } from '../support/flow-world.ts';
import { twoKeyPairs } from '../support/id-tokens.ts';
import { LOGIN_SCOPES, startLoginApp, withLogins } from '../support/login-world.ts';

const world = flowWorld({ identity: true });

function codes(from = 0) {
  return world()
    .log.slice(from)
    .map(({ message }) => message);
}

describe('opening an App that logs PIM users in', () => {
  it('tells the App who it is, in two redirects more', async () => {
    const app = await startLoginApp(world());
    const listed = await withLogins(world(), app);
    const user = world().user(listed);
    await user.connect(listed.clientId);
    const [before, seen] = [world().logLines.length, app.logins.length];
    const page = await user.openApp(listed.clientId);

    expect(page.body).toMatch(/^Hello [\w-]{43}$/);
    expect(app.logins[seen]).toEqual({
      pim: listed.pim.url,
      clientId: listed.clientId,
      sub: expect.stringMatching(/^[\w-]{43}$/),
      tenant: `local ${listed.pim.url}`,
      givenName: expect.stringMatching(/ Julia$/),
      familyName: expect.stringMatching(/ Stark$/),
      email: expect.stringMatching(/ julia@example\.com$/),
      emailVerified: false,
      openedAt: expect.any(Number),
    });
    expect(codes(before)).toEqual(['authorization_requested', 'connected', 'login_handed_over']);
    const path = page.hops.map(({ url }) => new URL(url).pathname);
    expect(path.slice(-3)).toEqual(['/login', '/login', '/done']);
    expect(page.hops.map(({ status }) => status).slice(-3)).toEqual([302, 303, 200]);
    expect(page.url).toContain('/done?theme=dark&code=');
  });

  it('tells the same person at each opening, and another one for another user', async () => {
    const app = await startLoginApp(world());
    const listed = await withLogins(world(), app);
    const manager = world().user(listed);
    await manager.connect(listed.clientId);
    await manager.openApp(listed.clientId);
    await manager.switchTo('open');
    await manager.openApp(listed.clientId);

    const [first, again, other] = app.logins.map(({ sub }) => sub);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('tells two people for two PIMs, whatever their addresses say', async () => {
    const app = await startLoginApp(world());
    for (const listed of [await withLogins(world(), app), await withLogins(world(), app)])
      await world().user(listed).connect(listed.clientId);

    const [one, two] = app.logins;
    expect(one?.sub).not.toBe(two?.sub);
    expect(one?.tenant).not.toBe(two?.tenant);
  });

  it('tells no name and no address that the App has not asked for', async () => {
    const app = await startLoginApp(world());
    const listed = await withLogins(world(), app, 'read_products openid');
    await world().user(listed).connect(listed.clientId);

    expect(Object.keys(app.logins[0] ?? {}).sort()).toEqual(
      ['clientId', 'emailVerified', 'openedAt', 'pim', 'sub', 'tenant'].sort(),
    );
  });

  it('keeps nothing of a person, once the App has the login', async () => {
    const app = await startLoginApp(world());
    const listed = await withLogins(world(), app);
    await world().user(listed).connect(listed.clientId);

    expect(app.logins).toHaveLength(1);
    expect(await rows(world().app.dynamoDb, LOGINS.name)).toEqual([]);
  });

  it('works for a PIM that has just changed its key', async () => {
    const app = await startLoginApp(world());
    const pairs = [...(await twoKeyPairs())];
    const openIdKeyPair = async () => pairs.shift() ?? Promise.reject(new Error('no more keys'));
    const listed = await withLogins(world(), app, LOGIN_SCOPES, { openIdKeyPair });
    const user = world().user(listed);
    await user.connect(listed.clientId);
    listed.pim.rotateOpenIdKeys();
    await user.openApp(listed.clientId);

    expect(app.logins).toHaveLength(2);
  });

  it('sends no question to the PIM that it need not', async () => {
    const app = await startLoginApp(world());
    const listed = await withLogins(world(), app);
    const user = world().user(listed);
    await user.connect(listed.clientId);
    await user.openApp(listed.clientId);

    const asked = listed.pim.requests.filter(({ path }) => path.endsWith('/openid/public-key'));
    expect(asked).toHaveLength(1);
  });
});

describe('an App that is opened', () => {
  /** What opening an App costs that is connected and has been opened before. */
  async function opened(listed: ListedPim) {
    const user = world().user(listed);
    await user.connect(listed.clientId);
    let redirects = 0;
    const calls = await awsCallsOf(async () => {
      const { hops } = await user.openApp(listed.clientId);
      redirects = hops.filter(({ status }) => status >= 300 && status < 400).length;
    });
    return { redirects, calls };
  }

  const USUAL = ['PutItem', 'UpdateItem', 'UpdateItem'];

  it('costs two redirects and four calls to AWS more with a login', async () => {
    const app = await startLoginApp(world());
    const appUrl = new URL('/', app.loginUrl).href;
    const without = await opened(await world().startPim({ appUrl }));
    const { redirects, calls } = await opened(await withLogins(world(), app));

    expect(without.calls).toEqual(USUAL);
    expect(calls).toEqual([...USUAL, 'PutItem', 'DeleteItem', 'PutItem', 'DeleteItem']);
    expect(redirects - without.redirects).toBe(2);
    expect(app.logins).toHaveLength(2);
  });

  it('costs nothing more while it logs nobody in, though its user is named', async () => {
    const { redirectUrl: appUrl } = await startLoginApp(world());
    const { calls } = await opened(await world().startPim({ scopes: LOGIN_SCOPES, appUrl }));
    expect(calls).toEqual(USUAL);
  });
});

describe('an App without a login', () => {
  it('is opened all the same when its user has not agreed to openid', async () => {
    const app = await startLoginApp(world());
    const listed = await withLogins(world(), app, 'read_products');
    const page = await world().user(listed).connect(listed.clientId);

    expect(page.body).toBe('Open the App in your PIM');
    expect(Object.fromEntries(app.answers[0] ?? [])).toEqual({
      theme: 'dark',
      error: 'login_required',
      state: expect.any(String),
      iss: listed.pim.url,
    });
    expect(codes().slice(-2)).toEqual(['connected', 'login_required']);
  });

  it('is told so when somebody opens its login URL by hand', async () => {
    const app = await startLoginApp(world());
    const listed = await withLogins(world(), app);
    const url = `${app.loginUrl}?pim_url=${encodeURIComponent(listed.pim.url)}`;
    expect((await world().browser().follow(url)).body).toBe('Open the App in your PIM');
  });

  it('is told so two minutes after it was opened', async () => {
    let waitMs = WAITING_LIFETIME_MS;
    const app = await startLoginApp(world(), (question) => {
      world().advance(waitMs);
      return question;
    });
    const listed = await withLogins(world(), app);
    const user = world().user(listed);
    expect((await user.connect(listed.clientId)).body).toBe('Open the App in your PIM');
    waitMs -= 5_000;
    expect((await user.openApp(listed.clientId)).body).toContain('Hello');
  });

  it('is told so when its row has no login URL, though the PIM names its user', async () => {
    const listed = await world().startPim({ scopes: LOGIN_SCOPES });
    const page = await world().user(listed).connect(listed.clientId);

    expect(page.body).toContain('<h1>Connected</h1>');
    expect(listed.pim.requests.some(({ path }) => path.endsWith('/public-key'))).toBe(false);
    expect(await rows(world().app.dynamoDb, LOGINS.name)).toEqual([]);
  });
});
