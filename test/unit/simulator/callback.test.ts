import { describe, expect, it } from 'vitest';
import { authorizeUrl, obtainCode, testPim } from './setup.ts';

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
      callbackUrl: 'http://app.example.com/callback?code=CODE',
    });
    expect(await user.authorize(authorizeUrl(test, { state: '' }))).toEqual({
      callbackUrl: 'http://app.example.com/callback?code=CODE&state=',
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
