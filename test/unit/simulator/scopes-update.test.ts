import { describe, expect, it } from 'vitest';
import type { PimUser } from '../../../simulator/user/index.ts';
import { bearer, getResource, obtainToken, type TestPim, testPim } from './setup.ts';

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
