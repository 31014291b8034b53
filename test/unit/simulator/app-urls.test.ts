import { describe, expect, it } from 'vitest';
import { authorizeUrl, obtainCode, testPim } from './setup.ts';

describe('activate URL', () => {
  it('is the registered one with pim_url', async () => {
    const { pim, app, user } = await testPim();
    const url = await user.activateUrl(app.clientId);
    expect(url).toBe(`http://app.example.com/activate?pim_url=${encodeURIComponent(pim.url)}`);
  });

  it('is the same for "Open app"', async () => {
    const test = await testPim();
    await obtainCode(test);
    const { app, user } = test;
    expect(await user.openAppUrl(app.clientId)).toBe(await user.activateUrl(app.clientId));
  });

  it('keeps the query that the App registered', async () => {
    const activateUrl = 'http://app.example.com/activate?tenant=blue';
    const { app, user } = await testPim({}, { activateUrl });
    expect(await user.activateUrl(app.clientId)).toMatch(/\?tenant=blue&pim_url=http%3A%2F%2F/);
  });

  it('carries the path of a PIM that lives under one', async () => {
    const { pim, app, user } = await testPim({ path: '/pim' });
    const url = new URL(await user.activateUrl(app.clientId));
    expect(url.searchParams.get('pim_url')).toBe(pim.url);
    expect(pim.url).toMatch(/^http:\/\/localhost:\d+\/pim$/);
  });

  it('is refused to a user who may only open apps', async () => {
    const { app, user } = await testPim();
    await user.switchTo('open');
    await expect(user.activateUrl(app.clientId)).rejects.toMatchObject({ status: 403 });
  });

  it('is unknown for an unknown app, and for opening an app that is not connected', async () => {
    const { app, user } = await testPim();
    await expect(user.activateUrl('nobody')).rejects.toMatchObject({ status: 404 });
    await expect(user.openAppUrl(app.clientId)).rejects.toMatchObject({ status: 404 });
  });

  it('is for the page only: a plain request goes to the home page', async () => {
    const { pim, app, user } = await testPim();
    const page = await user.session.get(`${pim.url}/rest/apps/${app.clientId}/activate-url`);
    expect(page.hops.at(-1)?.location).toBe(`${pim.url}/`);
  });
});

describe('callback', () => {
  it('gets code, then state, and nothing else', async () => {
    const test = await testPim({ authorizationCode: () => 'CODE' });
    await test.user.authorize(authorizeUrl(test, { state: 'a b*c' }));
    expect(await test.user.confirm(test.app.clientId)).toBe(
      'http://app.example.com/callback?code=CODE&state=a+b%2Ac',
    );
  });

  it('gets no state when none was sent, and an empty one when an empty one was', async () => {
    const test = await testPim({ authorizationCode: () => 'CODE' });
    await obtainCode(test, '');
    const { user } = test;
    expect(await user.authorize(authorizeUrl(test))).toEqual({
      kind: 'callback',
      url: 'http://app.example.com/callback?code=CODE',
    });
    expect(await user.authorize(authorizeUrl(test, { state: '' }))).toEqual({
      kind: 'callback',
      url: 'http://app.example.com/callback?code=CODE&state=',
    });
  });

  it('keeps the query that the App registered', async () => {
    const callbackUrl = 'http://app.example.com/callback?tenant=blue';
    const test = await testPim({ authorizationCode: () => 'CODE' }, { callbackUrl });
    await test.user.authorize(authorizeUrl(test));
    expect(await test.user.confirm(test.app.clientId)).toBe(`${callbackUrl}&code=CODE`);
  });

  it('gets codes of 86 letters and digits', async () => {
    expect(await obtainCode(await testPim())).toMatch(/^[A-Za-z0-9]{86}$/);
  });
});
