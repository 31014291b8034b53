import { describe, expect, it } from 'vitest';
import { BrowserSession, PimUser } from '../../../simulator/user/index.ts';
import {
  bearer,
  getResource,
  obtainCode,
  obtainToken,
  postToken,
  testClock,
  testPim,
  tokenForm,
} from './setup.ts';

describe('token response', () => {
  it('has exactly the members of the PIM, in its order', async () => {
    const test = await testPim({ accessToken: () => 'TOKEN' });
    const code = await obtainCode(
      test,
      'write_catalog_structure delete_products read_association_types',
    );
    const response = await postToken(test.pim, tokenForm(test.app, code));
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe(
      '{"access_token":"TOKEN","token_type":"bearer","scope":"delete_products read_association_types write_catalog_structure"}',
    );
  });

  it('drops unknown scopes and doubles, and may have none at all', async () => {
    const test = await testPim();
    const scope = 'read_categories UNKNOWN read_products read_categories Read_Products';
    expect((await obtainToken(test, scope)).scope).toBe('read_categories read_products');
    expect((await obtainToken(test, 'read_products,read_categories')).scope).toBe('');
  });

  it('knows the scopes of catalogs and of the Enterprise Edition when the PIM has them', async () => {
    const scope = 'read_catalogs read_reference_entities';
    expect((await obtainToken(await testPim(), scope)).scope).toBe(scope);
    const plain = await testPim({ catalogs: false, enterprise: false });
    expect((await obtainToken(plain, scope)).scope).toBe('');
  });

  it('merges the consented authentication scopes in', async () => {
    const { scope } = await obtainToken(await testPim(), 'read_products profile openid email');
    expect(scope).toBe('email openid profile read_products');
  });
});

describe('access token', () => {
  it('has 86 letters and digits', async () => {
    expect((await obtainToken(await testPim())).access_token).toMatch(/^[A-Za-z0-9]{86}$/);
  });

  it('stays the same for the same scopes, whoever comes', async () => {
    const test = await testPim();
    const other = new PimUser(new BrowserSession(), test.pim.url);
    await obtainToken(test);
    await other.switchTo('open');
    const first = await obtainToken(test);
    expect((await obtainToken(test, 'read_products', other)).access_token).toBe(first.access_token);
  });

  it.each([
    ['more', 'read_products read_categories'],
    ['fewer', ''],
  ])('is replaced when %s scopes are granted', async (_case, scope) => {
    const test = await testPim();
    const before = await obtainToken(test, 'read_products');
    const after = await obtainToken(test, scope);
    expect(after.access_token).not.toBe(before.access_token);
    const response = await getResource(test.pim, 'products', bearer(before.access_token));
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      code: 401,
      message: 'The access token provided is invalid.',
    });
  });
});

describe('authorization code', () => {
  it('is good in its 30th second', async () => {
    const clock = testClock();
    const test = await testPim({ now: clock.now });
    const code = await obtainCode(test);
    clock.advance(30_999);
    expect((await postToken(test.pim, tokenForm(test.app, code))).status).toBe(200);
  });

  it('has expired in its 31st', async () => {
    const clock = testClock();
    const test = await testPim({ now: clock.now });
    const code = await obtainCode(test);
    clock.advance(31_000);
    const response = await postToken(test.pim, tokenForm(test.app, code));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'invalid_grant',
      error_description: 'Code has expired',
    });
  });

  it('works once', async () => {
    const test = await testPim();
    const form = tokenForm(test.app, await obtainCode(test));
    expect((await postToken(test.pim, form)).status).toBe(200);
    expect(await (await postToken(test.pim, form)).json()).toEqual({
      error: 'invalid_grant',
      error_description: 'Code is not valid',
    });
  });

  it('survives a failed exchange', async () => {
    const test = await testPim();
    const form = tokenForm(test.app, await obtainCode(test));
    await postToken(test.pim, { ...form, code_challenge: 'wrong' });
    await postToken(test.pim, { ...form, grant_type: 'password' });
    expect((await postToken(test.pim, form)).status).toBe(200);
  });
});
