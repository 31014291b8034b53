import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  BrowserSession,
  TooManyRedirectsError,
  UnexpectedPageError,
} from '../../../simulator/user/index.ts';
import { type TestPim, testPim } from './setup.ts';

/** A server for one test; answers with its URL, under a name below localhost. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => void server.close());
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return `http://app.localhost:${port}`;
}

/** A PIM, and an App that asks for `scope` and greets everyone who comes back with a code. */
async function pimWithApp(scope: string): Promise<TestPim> {
  const started: { test?: TestPim } = {};
  const appUrl = await serve((request, response) => {
    const { app, pim } = started.test ?? {};
    if (request.url?.startsWith('/callback')) return void response.end(`Welcome ${request.url}`);
    const query = `response_type=code&client_id=${app?.clientId}&scope=${scope}&state=s`;
    const location = `${pim?.url}/connect/apps/v1/authorize?${query}`;
    return void response.writeHead(302, { location }).end();
  });
  const urls = { activateUrl: `${appUrl}/activate`, callbackUrl: `${appUrl}/callback` };
  started.test = await testPim({ path: '/pim', authorizationCode: () => 'CODE' }, urls);
  return started.test;
}

describe('PIM user', () => {
  it('connects an app through the wizard and opens it again without one', async () => {
    const { app, user } = await pimWithApp('read_products');
    const connected = await user.connect(app.clientId);
    expect(connected.body).toBe('Welcome /callback?code=CODE&state=s');
    expect(connected.hops.map(({ status }) => status)).toEqual([302, 302, 200, 200]);
    const opened = await user.openApp(app.clientId);
    expect(opened.hops.map(({ status }) => status)).toEqual([302, 302, 200]);
  });

  it('confirms the consent modal too', async () => {
    const { app, user } = await pimWithApp('openid+email');
    await user.connect(app.clientId);
    await user.switchTo('open');
    const opened = await user.openApp(app.clientId);
    expect(opened.body).toContain('Welcome');
    expect(opened.hops.some(({ url }) => url.includes('/authenticate?'))).toBe(true);
  });

  it('stops at the login', async () => {
    const { pim, app, user } = await pimWithApp('read_products');
    const activateUrl = await user.activateUrl(app.clientId);
    await user.switchTo('logged-out');
    expect(await user.authorize(await user.startActivation(activateUrl))).toEqual({
      kind: 'login',
      url: `${pim.url}/user/login`,
    });
  });

  it('tells when the app does not lead to the PIM', async () => {
    const { user } = await testPim();
    const url = await serve((_request, response) => void response.writeHead(400).end('No.'));
    await expect(user.startActivation(url)).rejects.toThrow(UnexpectedPageError);
    await expect(user.startActivation(url)).rejects.toMatchObject({ page: { body: 'No.' } });
  });
});

describe('browser session', () => {
  it('keeps every Set-Cookie of an answer and sends the host it was asked for', async () => {
    const url = await serve((request, response) => {
      response.setHeader('set-cookie', ['a=1; Path=/', 'b=2; Path=/']);
      response.end(`${request.headers.host} ${request.headers.cookie}`);
    });
    const session = new BrowserSession();
    const { headers } = await session.get(`${url}/`);
    expect(headers.getSetCookie()).toHaveLength(2);
    expect((await session.get(`${url}/`)).body).toBe(`${new URL(url).host} a=1; b=2`);
    expect(session.cookiesFor(url).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('follows ten redirects, and no more', async () => {
    const url = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) return void response.end('There.');
      return void response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const session = new BrowserSession();
    expect(await session.follow(`${url}/10`)).toMatchObject({ body: 'There.', url: `${url}/0` });
    await expect(session.follow(`${url}/11`)).rejects.toThrow(TooManyRedirectsError);
  });

  it('shows a redirect as it is when not told to follow', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(303, { location: 'https://elsewhere.example' }).end();
    });
    expect(await new BrowserSession().get(url)).toMatchObject({
      status: 303,
      hops: [{ url, status: 303, location: 'https://elsewhere.example/' }],
    });
  });
});
