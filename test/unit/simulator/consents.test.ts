import { describe, expect, it } from 'vitest';
import { authorizeUrl, obtainToken, type TestPim, testPim } from './setup.ts';

const XHR = { headers: { 'x-requested-with': 'XMLHttpRequest' } };

async function wizardData({ pim, app, user }: TestPim): Promise<unknown> {
  const url = `${pim.url}/rest/apps/load-wizard-data/${app.clientId}`;
  return JSON.parse((await user.session.get(url, XHR)).body);
}

/** Confirms what is open, by the wizard or the modal, and returns status and body. */
async function confirm({ pim, app, user }: TestPim, what: string): Promise<[number, unknown]> {
  const url = `${pim.url}/rest/apps/confirm-${what}/${app.clientId}`;
  const { status, body } = await user.session.post(url, '', XHR);
  return [status, JSON.parse(body)];
}

describe('consent', () => {
  it('is overwritten by a wizard without openid', async () => {
    const test = await testPim();
    await obtainToken(test, 'openid profile read_products');
    await test.user.authorize(authorizeUrl(test, { scope: 'read_products read_categories' }));
    await test.user.confirm(test.app.clientId);
    const url = authorizeUrl(test, { scope: 'openid profile read_products read_categories' });
    expect(await test.user.authorize(url)).toMatchObject({ kind: 'consent' });
  });

  it('to profile without openid makes a later openid silent', async () => {
    const test = await testPim();
    const first = await obtainToken(test, 'profile read_products');
    expect(first).not.toHaveProperty('id_token');
    const url = authorizeUrl(test, { scope: 'openid profile read_products' });
    expect(await test.user.authorize(url)).toMatchObject({ kind: 'callback' });
  });
});

describe('wizard data', () => {
  it('has null for everything old at first', async () => {
    const test = await testPim();
    await test.user.authorize(authorizeUrl(test, { scope: 'openid email read_products' }));
    expect(await wizardData(test)).toMatchObject({
      appUrl: null,
      oldScopeMessages: null,
      scopeMessages: [{ scope: 'read_products' }],
      oldAuthenticationScopes: null,
      authenticationScopes: ['email'],
    });
  });

  it('lists only the new scopes beside the old ones', async () => {
    const test = await testPim();
    await obtainToken(test, 'openid email write_products');
    const scope = 'openid email profile read_products write_products read_categories';
    await test.user.authorize(authorizeUrl(test, { scope }));
    const data = await wizardData(test);
    expect(data).toMatchObject({
      oldScopeMessages: [{ scope: 'write_products' }],
      oldAuthenticationScopes: ['email'],
      authenticationScopes: ['profile'],
    });
    expect(data).toHaveProperty('scopeMessages', [
      { scope: 'read_categories', message: 'View categories' },
    ]);
  });
});

it.each(['authorization', 'authentication'])(
  'a confirmation of %s that was open over a disconnection is refused',
  async (what) => {
    const test = await testPim();
    await obtainToken(test);
    await test.user.authorize(authorizeUrl(test, { scope: 'read_products read_categories' }));
    test.pim.disconnect(test.app.clientId);
    const key = 'akeneo_connectivity.connection.connect.apps.constraint.client_id.must_be_valid';
    expect(await confirm(test, what)).toEqual([
      400,
      { errors: [{ message: key, property_path: 'clientId' }] },
    ]);
  },
);
