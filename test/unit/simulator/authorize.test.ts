import { describe, expect, it } from 'vitest';
import { authorizeUrl, bearer, getResource, obtainCode, obtainToken, testPim } from './setup.ts';

describe('authorize', () => {
  it('shows the wizard on a first connection', async () => {
    const test = await testPim();
    const url = authorizeUrl(test, { scope: 'read_products' });
    expect(await test.user.authorize(url)).toEqual({ kind: 'wizard', clientId: test.app.clientId });
  });

  it('goes straight back to the registered callback for the same scopes', async () => {
    const test = await testPim();
    await obtainCode(test);
    const scope = 'read_products';
    const redirectUri = 'http://elsewhere.example.com';
    const url = authorizeUrl(test, { scope, redirect_uri: redirectUri });
    expect(await test.user.authorize(url)).toEqual({
      kind: 'callback',
      url: expect.stringMatching(/^http:\/\/app\.example\.com\/callback\?code=\w{86}$/),
    });
  });

  it('counts implied scopes as granted', async () => {
    const test = await testPim();
    await obtainCode(test, 'delete_products');
    const url = authorizeUrl(test, { scope: 'read_products write_products' });
    expect(await test.user.authorize(url)).toMatchObject({ kind: 'callback' });
  });

  it('shows the wizard again, with old and new scopes, when more are asked for', async () => {
    const test = await testPim();
    await obtainCode(test, 'read_products');
    const { clientId } = test.app;
    const url = authorizeUrl(test, { scope: 'read_products read_categories' });
    expect(await test.user.authorize(url)).toEqual({ kind: 'wizard', clientId });
    const data = await test.user.session.get(
      `${test.pim.url}/rest/apps/load-wizard-data/${clientId}`,
      { headers: { 'x-requested-with': 'XMLHttpRequest' } },
    );
    expect(JSON.parse(data.body)).toMatchObject({
      oldScopeMessages: [{ scope: 'read_products', message: 'View products' }],
      scopeMessages: [{ scope: 'read_categories', message: 'View categories' }],
      appUrl: null,
      oldAuthenticationScopes: null,
      displayCheckboxConsent: false,
    });
  });

  it('shrinks the rights at once when fewer scopes are asked for', async () => {
    const test = await testPim();
    const { access_token } = await obtainToken(test, 'read_products read_categories');
    await test.user.authorize(authorizeUrl(test, { scope: 'read_categories' }));
    const products = await getResource(test.pim, 'products', bearer(access_token));
    expect(products.status).toBe(403);
  });

  it('asks for consent once when profile or email come in', async () => {
    const test = await testPim();
    await obtainCode(test, 'read_products');
    const url = authorizeUrl(test, { scope: 'read_products openid profile' });
    expect(await test.user.authorize(url)).toEqual({
      kind: 'consent',
      clientId: test.app.clientId,
    });
    await test.user.consent(test.app.clientId);
    expect(await test.user.authorize(url)).toMatchObject({ kind: 'callback' });
  });

  it('takes openid alone for granted', async () => {
    const test = await testPim();
    await obtainCode(test, 'read_products');
    const url = authorizeUrl(test, { scope: 'read_products openid' });
    expect(await test.user.authorize(url)).toMatchObject({ kind: 'callback' });
  });

  it('forgets the consent when openid is not asked for', async () => {
    const test = await testPim();
    await obtainCode(test, 'read_products openid email');
    await obtainCode(test, 'read_products');
    const url = authorizeUrl(test, { scope: 'read_products openid email' });
    expect(await test.user.authorize(url)).toEqual({
      kind: 'consent',
      clientId: test.app.clientId,
    });
  });

  it('keeps one slot an app: an older wizard returns with the newer state', async () => {
    const test = await testPim();
    const { clientId } = test.app;
    await test.user.authorize(authorizeUrl(test, { state: 'older' }));
    await test.user.authorize(authorizeUrl(test, { state: 'newer' }));
    expect(new URL(await test.user.confirm(clientId)).searchParams.get('state')).toBe('newer');
  });

  it('tells the app nothing when the user turns away', async () => {
    const test = await testPim();
    await test.user.authorize(authorizeUrl(test));
    const calls = test.pim.requests.map(({ path }) => path);
    expect(calls).toEqual(['/connect/apps/v1/authorize']);
    await expect(test.user.openAppUrl(test.app.clientId)).rejects.toMatchObject({ status: 404 });
  });
});

describe('confirm', () => {
  it.each([
    ['before any authorize', [], 'must_be_valid'],
    ['when the user has changed since', ['open', 'manage'], 'must_have_ongoing_authorization'],
  ] as const)('is refused %s', async (_when, modes, rule) => {
    const test = await testPim();
    const { app, user } = test;
    if (modes.length > 0) await user.authorize(authorizeUrl(test));
    for (const mode of modes) await user.switchTo(mode);
    const body = expect.stringContaining(`client_id.${rule}`);
    await expect(user.confirm(app.clientId)).rejects.toMatchObject({ status: 400, body });
    await expect(user.consent(app.clientId)).rejects.toMatchObject({ status: 400, body });
  });

  it('is refused for an unknown app', async () => {
    const { user } = await testPim();
    const body = expect.stringContaining('error.app_not_found');
    await expect(user.confirm('nobody')).rejects.toMatchObject({ status: 404, body });
    await expect(user.consent('nobody')).rejects.toMatchObject({ status: 404, body });
  });
});

const APPS = 'akeneo_connectivity.connection.connect.apps';

describe('authorize with an error', () => {
  it.each([
    ['client_id', 'nobody', `${APPS}.error.app_not_found`],
    ['client_id', '', `${APPS}.error.app_not_found`],
    ['response_type', '', `${APPS}.constraint.response_type.not_blank`],
    ['response_type', 'token', `${APPS}.constraint.response_type.must_be_code`],
    ['scope', 'a'.repeat(1001), `${APPS}.constraint.scope.too_long`],
  ])('%s=%.10s stays inside the PIM', async (name, value, error) => {
    const test = await testPim();
    expect(await test.user.authorize(authorizeUrl(test, { [name]: value }))).toEqual({
      kind: 'error',
      error,
    });
  });

  it('answers 302 with the exact location', async () => {
    const { pim } = await testPim();
    const response = await fetch(`${pim.url}/connect/apps/v1/authorize`, { redirect: 'manual' });
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(cookie).toMatch(/^simulated_pim_\d+=/);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(
      `/#/connect/apps/authorize?error=${APPS}.error.app_not_found`,
    );
  });

  it('accepts a scope of exactly 1000 characters', async () => {
    const test = await testPim();
    const url = authorizeUrl(test, { scope: 'a'.repeat(1000) });
    expect(await test.user.authorize(url)).toEqual({ kind: 'wizard', clientId: test.app.clientId });
  });
});
