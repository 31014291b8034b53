import { describe, expect, it } from 'vitest';
import type { PimUser } from '../../../simulator/user/index.ts';
import { bearer, getResource, obtainToken, type TestPim, testPim } from './setup.ts';

const DISCONNECTED =
  'The access token provided is invalid. Your app has been disconnected from that PIM.';

describe('web API', () => {
  it('tells any token what system it is', async () => {
    const test = await testPim();
    const { access_token } = await obtainToken(test, '');
    const response = await getResource(test.pim, 'system-information', bearer(access_token));
    expect(await response.text()).toBe('{"version":"master","edition":"CE"}');
  });

  it('shows products to an App that may read them, by an implied scope too', async () => {
    const test = await testPim();
    const { access_token } = await obtainToken(test, 'delete_products');
    const response = await getResource(test.pim, 'products', bearer(access_token));
    expect(await response.json()).toHaveProperty('_embedded.items.0.identifier', 'sunglasses');
  });

  it('shows categories to an App that may read them', async () => {
    const test = await testPim();
    const { access_token } = await obtainToken(test, 'write_categories');
    const response = await getResource(test.pim, 'categories', bearer(access_token));
    expect(await response.json()).toHaveProperty('_embedded.items.0.code', 'master');
  });

  it('answers 403 without the scope', async () => {
    const test = await testPim();
    const { access_token } = await obtainToken(test, 'read_products');
    const response = await getResource(test.pim, 'categories', bearer(access_token));
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      code: 403,
      message: 'Access forbidden. You are not allowed to list categories.',
    });
  });

  it.each([
    ['no token', {}, 'Authentication is required'],
    ['a scheme in lower case', { authorization: 'bearer x' }, 'Authentication is required'],
    ['an unknown token', bearer('unknown'), 'The access token provided is invalid.'],
  ])('answers 401 to %s', async (_case, headers, message) => {
    const { pim } = await testPim();
    const response = await getResource(pim, 'system-information', headers);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ code: 401, message });
  });

  it('tells a token of a disconnected App so, for ever', async () => {
    const test = await testPim();
    const { access_token } = await obtainToken(test);
    await test.user.disconnect(test.app.clientId);
    const again = await obtainToken(test);
    expect(again.access_token).not.toBe(access_token);
    const response = await getResource(test.pim, 'products', bearer(access_token));
    expect(await response.json()).toEqual({ code: 401, message: DISCONNECTED });
  });

  it('takes a token from the query, but not two tokens', async () => {
    const test = await testPim();
    const { access_token } = await obtainToken(test);
    const name = `products?access_token=${access_token}`;
    expect((await getResource(test.pim, name)).status).toBe(200);
    expect((await getResource(test.pim, name, bearer(access_token))).status).toBe(400);
  });

  it.each([
    ['application/json', 200],
    ['text/html, */*;q=0.8', 200],
    ['text/html', 406],
  ])('answers Accept: %s with %i', async (accept, status) => {
    const test = await testPim();
    const { access_token } = await obtainToken(test);
    const headers = { ...bearer(access_token), accept };
    expect((await getResource(test.pim, 'products', headers)).status).toBe(status);
  });

  it('lists its resources to anyone, and knows no others', async () => {
    const test = await testPim();
    const { access_token } = await obtainToken(test);
    const list = await fetch(`${test.pim.url}/api/rest/v1`);
    expect(await list.json()).toHaveProperty('routes.products');
    const unknown = await getResource(test.pim, 'toString', bearer(access_token));
    expect(unknown.status).toBe(404);
  });
});

function announce({ pim }: TestPim, scopes: string, token: string): Promise<Response> {
  const query = new URLSearchParams({ scopes }).toString();
  const url = `${pim.url}/connect/apps/v1/scopes/update?${query}`;
  return fetch(url, { method: 'POST', headers: bearer(token) });
}

async function hasOutdatedScopes(user: PimUser): Promise<unknown> {
  const { body } = await user.session.get(`${user.pimUrl}/rest/simulator/state`);
  const { connectedApps } = JSON.parse(body) as { connectedApps: { hasOutdatedScopes: boolean }[] };
  return connectedApps[0]?.hasOutdatedScopes;
}

describe('scopes update', () => {
  it.each([
    ['a new scope', 'read_categories', true],
    ['only granted scopes', 'read_products', false],
    ['only unknown scopes', 'UNKNOWN', false],
    ['nothing', '', false],
  ])('answers "Ok" to %s', async (_case, scopes, isFlagged) => {
    const test = await testPim();
    const { access_token } = await obtainToken(test);
    const response = await announce(test, scopes, access_token);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('"Ok"');
    expect(await hasOutdatedScopes(test.user)).toBe(isFlagged);
  });

  it('changes no right', async () => {
    const test = await testPim();
    const { access_token } = await obtainToken(test);
    await announce(test, 'read_categories', access_token);
    expect((await getResource(test.pim, 'categories', bearer(access_token))).status).toBe(403);
  });

  it('is forgotten when a manager opens the app, not when another user does', async () => {
    const test = await testPim();
    const { access_token } = await obtainToken(test);
    await announce(test, 'read_categories', access_token);
    await test.user.switchTo('open');
    await test.user.openAppUrl(test.app.clientId);
    expect(await hasOutdatedScopes(test.user)).toBe(true);
    await test.user.switchTo('manage');
    await test.user.openAppUrl(test.app.clientId);
    expect(await hasOutdatedScopes(test.user)).toBe(false);
  });

  it('answers 401 to a bad token', async () => {
    expect((await announce(await testPim(), '', 'unknown')).status).toBe(401);
  });
});
