import { describe, expect, it } from 'vitest';
import { obtainCode, testPim } from './setup.ts';

describe('page for people', () => {
  it('has its title, its style and its scripts', async () => {
    const { pim } = await testPim({ path: '/pim' });
    const page = await fetch(`${pim.url}/`);
    expect(await page.text()).toContain('<title>Simulated Akeneo PIM</title>');
    const style = await fetch(`${pim.url}/assets/pim.css`);
    expect(style.headers.get('content-type')).toContain('text/css');
    const script = await fetch(`${pim.url}/assets/app.js`);
    expect(script.headers.get('content-type')).toContain('text/javascript');
  });

  it.each(['/assets/nothing.js', '/assets/..%2Fassets.ts', '/nowhere', '/assets/%E0', '/../'])(
    'answers 404 to %s',
    async (path) => {
      const { pim } = await testPim({ path: '/pim' });
      expect((await fetch(`${pim.url}${path}`)).status).toBe(404);
    },
  );

  it('shows the login to someone who is logged out', async () => {
    const { pim, user } = await testPim();
    await user.switchTo('logged-out');
    const page = await user.session.follow(`${pim.url}/`);
    expect(page.url).toBe(`${pim.url}/user/login`);
    expect(page.body).toContain('<h1>Log in</h1>');
    expect(await user.logIn('open')).toBe(`${pim.url}/`);
  });

  it('refuses a user that there is not', async () => {
    const { pim, user } = await testPim();
    const page = await user.session.post(`${pim.url}/rest/simulator/user`, 'mode=god');
    expect(page.status).toBe(422);
  });

  it('leads from an App to its settings, if connected, and if the user manages apps', async () => {
    const test = await testPim();
    const url = `${test.pim.url}/connect/apps/v1/connected_app/${test.app.clientId}`;
    expect((await test.user.session.get(url)).status).toBe(404);
    await obtainCode(test);
    const { hops } = await test.user.session.get(url);
    expect(hops[0]?.location).toMatch(/\/#\/connect\/connected-apps\/app_\w{1,26}$/);
    await test.user.switchTo('open');
    expect((await test.user.session.get(url)).status).toBe(403);
  });
});

describe('simulated PIM', () => {
  it('notes every request with its time, and without its query', async () => {
    const { pim } = await testPim({ now: () => 42, path: '/pim' });
    await fetch(`${pim.url}/api/rest/v1?secret=1`);
    expect(pim.requests).toEqual([{ method: 'GET', path: '/pim/api/rest/v1', at: 42 }]);
  });

  it('closes twice without harm', async () => {
    const { pim } = await testPim();
    await pim.close();
    await expect(pim.close()).resolves.toBeUndefined();
  });
});
