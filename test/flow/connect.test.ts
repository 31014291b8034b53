import { describe, expect, it } from 'vitest';
import { flowWorld } from '../support/flow-world.ts';

const world = flowWorld();

describe('connecting a PIM for the first time', () => {
  it('leads through consent to the success page and stores a token that works', async () => {
    const listed = await world().startPim();
    const page = await world().user(listed).connect(listed.clientId);

    expect(page.status).toBe(200);
    expect(page.body).toContain('<h1>Connected</h1>');
    expect(page.body).toContain(listed.pim.url);
    const connection = await world().connection(listed);
    const api = await fetch(`${listed.pim.url}/api/rest/v1/system-information`, {
      headers: { authorization: `Bearer ${connection?.accessToken}` },
    });
    expect(api.status).toBe(200);
    expect(await api.json()).toEqual({ version: expect.any(String), edition: expect.any(String) });
  });

  it('stores requested and granted scopes, a fingerprint and the times', async () => {
    const listed = await world().startPim();
    await world().user(listed).connect(listed.clientId);

    const connection = await world().connection(listed);
    expect(connection?.text('status')).toBe('connected');
    expect(connection?.text('requestedScopes')).toBe('read_products write_categories');
    expect(connection?.text('grantedScopes')).toBe('read_products write_categories');
    expect(connection?.text('tokenFingerprint')).toMatch(/^[0-9a-f]{32}$/);
    expect(connection?.text('firstConnectedAt')).toBe(connection?.text('lastOpenedAt'));
  });

  it('sends the browser away from the URL that holds the code', async () => {
    const listed = await world().startPim();
    const page = await world().user(listed).connect(listed.clientId);

    const callback = page.hops.find(({ url }) => url.includes('code='));
    expect(callback?.status).toBe(303);
    expect(new URL(page.url).search).toMatch(/^\?flow=[\w-]{43}$/);
  });

  it("sends the browser to the PIM's app URL, exactly as registered, if it has one", async () => {
    const appUrl = 'http://localhost:1/start?tenant=7#top';
    const listed = await world().startPim({ appUrl });
    const user = world().user(listed);
    const authorizeUrl = await user.startActivation(await user.activateUrl(listed.clientId));
    await user.authorize(authorizeUrl);
    const page = await user.session.get(await user.confirm(listed.clientId));

    expect(page.status).toBe(303);
    expect(page.headers.get('location')).toBe(appUrl);
  });

  it('asks for the full list of scopes with a fresh state each time', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    const activateUrl = await user.activateUrl(listed.clientId);
    const [one, other] = [
      await user.startActivation(activateUrl),
      await user.startActivation(activateUrl),
    ];

    const query = new URL(one).searchParams;
    expect(query.get('scope')).toBe('read_products write_categories');
    expect(query.get('response_type')).toBe('code');
    expect(query.get('client_id')).toBe(listed.clientId);
    expect(query.get('state')).toMatch(/^[\w-]{43}$/);
    expect(query.get('state')).not.toBe(new URL(other).searchParams.get('state'));
  });

  it('works for a callback URL that was registered with a query of its own', async () => {
    const listed = await world().startPim();
    const { activateUrl, callbackUrl } = world().app;
    const registered = listed.pim.registerApp({
      name: 'With a query',
      activateUrl: `${activateUrl}?from=store`,
      callbackUrl: `${callbackUrl}?app=7`,
    });
    await world().list({ ...listed, clientId: registered.clientId }, registered.clientSecret);
    const page = await world().user(listed).connect(registered.clientId);

    expect(page.body).toContain('<h1>Connected</h1>');
  });

  it('writes one line of log for each request', async () => {
    const before = world().logLines.length;
    const listed = await world().startPim();
    await world().user(listed).connect(listed.clientId);

    const lines = world().log.slice(before);
    expect(lines.map(({ message }) => message)).toEqual([
      'authorization_requested',
      'connected',
      'connection_shown',
    ]);
    expect(lines.every(({ pim }) => pim === listed.pim.url)).toBe(true);
  });
});

describe('opening a connected App again', () => {
  it('is silent and keeps token and first time', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    await user.connect(listed.clientId);
    const first = await world().connection(listed);
    world().advance(60_000);
    const page = await user.openApp(listed.clientId);
    const again = await world().connection(listed);

    expect(page.body).toContain('<h1>Connected</h1>');
    expect(page.hops.some(({ url }) => url.includes('/#/connect/apps/authorize'))).toBe(false);
    expect(again?.accessToken).toBe(first?.accessToken);
    expect(again?.text('firstConnectedAt')).toBe(first?.text('firstConnectedAt'));
    expect(Date.parse(again?.text('lastOpenedAt') ?? '')).toBeGreaterThanOrEqual(
      Date.parse(first?.text('lastOpenedAt') ?? '') + 60_000,
    );
  });

  it('takes over a token that replaced the old one', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    await user.connect(listed.clientId);
    const first = await world().connection(listed);
    await user.disconnect(listed.clientId);
    await user.connect(listed.clientId);
    const again = await world().connection(listed);

    expect(again?.accessToken).not.toBe(first?.accessToken);
    expect(again?.text('tokenFingerprint')).not.toBe(first?.text('tokenFingerprint'));
    expect(again?.text('firstConnectedAt')).toBe(first?.text('firstConnectedAt'));
  });

  it('says "already connected" when the callback is reloaded', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    const page = await user.connect(listed.clientId);
    const callback = page.hops.find(({ url }) => url.includes('code='))?.url ?? '';
    const reloaded = await user.session.get(callback);

    expect(reloaded.status).toBe(200);
    expect(reloaded.body).toContain('<h1>Already connected</h1>');
  });
});
