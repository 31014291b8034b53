import { describe, expect, it } from 'vitest';
import { authorizeUrl, obtainCode, obtainToken, testPim } from './setup.ts';

describe('a user who may only open apps', () => {
  it('gets a 403 for an app that is not connected', async () => {
    const test = await testPim();
    await test.user.switchTo('open');
    expect(await test.user.authorize(authorizeUrl(test))).toEqual({ kind: 'refused', status: 403 });
  });

  it('comes through silently, and changes no scopes', async () => {
    const test = await testPim();
    await obtainToken(test, 'read_products');
    await test.user.switchTo('open');
    const more = await obtainToken(test, 'read_products write_products');
    expect(more.scope).toBe('read_products');
    expect((await obtainToken(test, '')).scope).toBe('read_products');
  });

  it('consents for themselves, and confirms no wizard', async () => {
    const test = await testPim();
    await obtainCode(test, 'openid email');
    await test.user.switchTo('open');
    const url = authorizeUrl(test, { scope: 'openid email' });
    expect(await test.user.authorize(url)).toEqual({
      kind: 'consent',
      clientId: test.app.clientId,
    });
    await expect(test.user.confirm(test.app.clientId)).rejects.toMatchObject({ status: 403 });
    expect(await test.user.consent(test.app.clientId)).toContain('?code=');
  });

  it('presses no button of a manager', async () => {
    const { app, user } = await testPim();
    await user.switchTo('open');
    await expect(user.disconnect(app.clientId)).rejects.toMatchObject({ status: 403 });
    await expect(user.regenerateSecret(app.clientId)).rejects.toMatchObject({ status: 403 });
  });
});

describe('a user who is not logged in', () => {
  it('sees the login first and comes back to authorize', async () => {
    const test = await testPim();
    await test.user.switchTo('logged-out');
    const url = authorizeUrl(test, { scope: 'read_products', state: 'kept' });
    expect(await test.user.authorize(url)).toEqual({
      kind: 'login',
      url: `${test.pim.url}/user/login`,
    });
    const next = await test.user.logIn('manage');
    expect(await test.user.authorize(next)).toEqual({
      kind: 'wizard',
      clientId: test.app.clientId,
    });
    expect(await test.user.confirm(test.app.clientId)).toMatch(/&state=kept$/);
  });

  it('gets a 401 from the buttons', async () => {
    const { app, user } = await testPim();
    await user.switchTo('logged-out');
    await expect(user.activateUrl(app.clientId)).rejects.toMatchObject({ status: 401 });
  });
});

describe('a pending app', () => {
  it('is connected, its code was never redeemed, and opening it again recovers it', async () => {
    const test = await testPim();
    const status = async (): Promise<unknown> => {
      const { body } = await test.user.session.get(`${test.pim.url}/rest/simulator/state`);
      return (JSON.parse(body) as { apps: { status: string }[] }).apps[0]?.status;
    };
    expect(await status()).toBe('available');
    await obtainCode(test);
    expect(await status()).toBe('pending');
    await obtainToken(test);
    expect(await status()).toBe('connected');
  });
});
