import { describe, expect, it } from 'vitest';
import { InvalidCustomAppError } from '../../../simulator/index.ts';
import { bearer, getResource, obtainToken, testPim } from './setup.ts';

const FORM = {
  name: 'Another App',
  activateUrl: 'http://localhost:3000/activate',
  callbackUrl: 'http://127.0.0.1/callback',
};
const KEY = 'akeneo_connectivity.connection.connect.custom_apps.create_modal.errors';

describe('custom app', () => {
  it('gets a UUID and a secret of 86 letters and digits', async () => {
    const { pim } = await testPim();
    expect(pim.registerApp(FORM)).toEqual({
      clientId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      clientSecret: expect.stringMatching(/^[A-Za-z0-9]{86}$/),
    });
  });

  it.each([
    [{ name: '' }, 'name.not_blank'],
    [{ name: 'ab' }, 'name.min_length'],
    [{ name: 'a'.repeat(256) }, 'name.max_length'],
    [{ activateUrl: '' }, 'activate_url.not_blank'],
    [{ activateUrl: 'ftp://app.example.com' }, 'activate_url.must_be_url'],
    [{ callbackUrl: 'app.example.com' }, 'callback_url.must_be_url'],
    [{ callbackUrl: `http://a.example/${'a'.repeat(255)}` }, 'callback_url.max_length'],
  ])('is refused with %o', async (change, rule) => {
    const { pim } = await testPim();
    const register = () => pim.registerApp({ ...FORM, ...change });
    expect(register).toThrow(InvalidCustomAppError);
    expect(register).toThrow(`${KEY}.${rule}`);
  });

  it.each([
    'http://x..example/callback',
    'http://.example/callback',
    'http://$(id).example/callback',
    'http://app.example.com/%zz',
    'http://app.example.com/?a=%2',
    'http://app.example.com/"quoted"',
    "http://app'.example.com/",
    'http://app.example.com/<b>',
    'http://app.example.com/a b',
    'http://app.example.com:port/',
    'http://',
    'http:///callback',
  ])('is refused with the URL %s', async (callbackUrl) => {
    const { pim } = await testPim();
    const register = () => pim.registerApp({ ...FORM, callbackUrl });
    expect(register).toThrow(`${KEY}.callback_url.must_be_url`);
  });

  it.each([
    'http://localhost',
    'https://app.example.com:99999/callback?tenant=blue&a[]=1#top',
    'http://[::1]:3000/callback',
    'http://192.168.0.1/%C3%A9',
    'HTTPS://user:secret@intranet./',
    'https://bücher.example/größe',
  ])('is taken with the URL %s', async (callbackUrl) => {
    const { pim } = await testPim();
    expect(pim.registerApp({ ...FORM, callbackUrl })).toHaveProperty('clientId');
  });

  it('is refused as the 21st, and with a client id that is taken', async () => {
    const { pim } = await testPim();
    for (let count = 1; count < 20; count += 1) {
      pim.registerApp({ ...FORM, clientId: `app-${count}` });
    }
    expect(() => pim.registerApp(FORM)).toThrow('at most 20');
    expect(() => pim.registerApp({ ...FORM, clientId: 'app-1' })).toThrow('registered already');
  });

  it('is made and deleted by the page as well', async () => {
    const { pim, user } = await testPim();
    const headers = { 'x-requested-with': 'XMLHttpRequest' };
    const url = `${pim.url}/rest/custom-apps`;
    const create = (form: Record<string, string>) =>
      user.session.post(url, new URLSearchParams(form).toString(), { headers });
    const bad = await create({ ...FORM, name: '' });
    expect(bad.status).toBe(422);
    expect(JSON.parse(bad.body)).toEqual({
      errors: [{ propertyPath: 'name', message: `${KEY}.name.not_blank` }],
    });
    const made = await create(FORM);
    expect(made.status).toBe(201);
    const { clientId, clientSecret } = JSON.parse(made.body) as Record<string, string>;
    const secret = await user.session.get(`${url}/${clientId}/secret`, { headers });
    expect(JSON.parse(secret.body)).toBe(clientSecret);
    expect((await user.session.delete(`${url}/${clientId}`, { headers })).status).toBe(200);
    expect((await user.session.delete(`${url}/${clientId}`, { headers })).status).toBe(404);
  });

  it('keeps its token when its secret is regenerated', async () => {
    const test = await testPim({ clientSecret: () => 'SECRET' });
    const { access_token } = await obtainToken(test);
    expect(await test.user.regenerateSecret(test.app.clientId)).toBe('SECRET');
    expect((await getResource(test.pim, 'products', bearer(access_token))).status).toBe(200);
    await expect(test.pim.regenerateSecret('nobody')).rejects.toThrow('No App nobody');
  });
});
