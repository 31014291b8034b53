import { describe, expect, it } from 'vitest';
import type { Handler } from '../../../functions/http/endpoint.ts';
import { createGateway } from '../../../local/gateway.ts';
import { withSafariCookies } from '../../../local/safari-cookies.ts';
import { listen } from '../../support/http-server.ts';
import { rawRequest } from '../../support/raw-request.ts';

const STRICT = '__Host-akeneo-app-browser-kkkkkkkk=k; Path=/; Secure; HttpOnly; SameSite=Lax';
const RELAXED = 'akeneo-app-browser-kkkkkkkk=k; Path=/; HttpOnly; SameSite=Lax';
const SENT_BACK = 'akeneo-app-browser-kkkkkkkk=k';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X)';
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64)';
const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0';
const SAFARI = `${MAC} ${WEBKIT} Version/26.1 Safari/605.1.15`;

/** Which cookie the endpoint sees and which one the browser gets, when a request has the cookie without prefix. */
async function exchanged(userAgent: string, more: Readonly<Record<string, string>> = {}) {
  const seen: (readonly string[] | undefined)[] = [];
  const handler: Handler = async ({ cookies }) => {
    seen.push(cookies);
    return { statusCode: 302, cookies: [STRICT] };
  };
  const gateway = createGateway({ 'GET /activate': withSafariCookies(handler) });
  const headers = { host: 'localhost:3000', cookie: SENT_BACK, 'user-agent': userAgent, ...more };
  const answer = await rawRequest(await listen(gateway), '/activate', { headers });
  return { seen: seen[0], set: answer.headers['set-cookie'] };
}

const RELAXED_EXCHANGE = { seen: [`__Host-${SENT_BACK}`], set: [RELAXED] };
const STRICT_EXCHANGE = { seen: [SENT_BACK], set: [STRICT] };

describe('the local run gives a cookie without Secure and prefix', () => {
  it.each([
    ['Safari', SAFARI],
    [
      'Safari in the simulator of an iPhone',
      `${IPHONE} ${WEBKIT} Version/26.1 Mobile/15E148 Safari/604.1`,
    ],
    ['GNOME Web', `${LINUX} ${WEBKIT} Version/60.5 Safari/605.1.15`],
  ])('to %s', async (_name, userAgent) => {
    expect(await exchanged(userAgent)).toEqual(RELAXED_EXCHANGE);
  });

  it.each(['localhost', '127.0.0.1:3000', '[::1]:3000'])('at %s', async (host) => {
    expect(await exchanged(SAFARI, { host })).toEqual(RELAXED_EXCHANGE);
  });
});

describe('the local run keeps the prefix, and takes no cookie without it,', () => {
  it.each([
    ['Chrome', `${MAC} ${CHROME} Safari/537.36`],
    ['Edge', `${MAC} ${CHROME} Safari/537.36 Edg/142.0.0.0`],
    ['Opera', `${MAC} ${CHROME} Safari/537.36 OPR/124.0.0.0`],
    ['headless Chrome', `${LINUX} ${CHROME.replace('Chrome', 'HeadlessChrome')} Safari/537.36`],
    [
      'Firefox',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0',
    ],
    ['Chrome on an iPhone', `${IPHONE} ${WEBKIT} CriOS/142.0.0.0 Mobile/15E148 Safari/604.1`],
    [
      'Edge on an iPhone',
      `${IPHONE} ${WEBKIT} Version/26.0 EdgiOS/142.0.0.0 Mobile/15E148 Safari/604.1`,
    ],
    ['Firefox on an iPhone', `${IPHONE} ${WEBKIT} FxiOS/145.0 Mobile/15E148 Safari/605.1.15`],
    [
      'a web view on Android',
      `${LINUX} AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36`,
    ],
    ['a program', 'curl/8.5.0'],
  ])('for %s', async (_name, userAgent) => {
    expect(await exchanged(userAgent)).toEqual(STRICT_EXCHANGE);
  });

  it.each([
    ['another machine', { host: '192.168.1.7:3000' }],
    ['a name that only begins so', { host: 'localhost.example' }],
    ['a tunnel', { host: 'a-tunnel.example', 'x-forwarded-proto': 'https' }],
    ['a tunnel that asks for localhost', { 'x-forwarded-host': 'a-tunnel.example' }],
    ['a proxy that asks for localhost', { forwarded: 'for=192.0.2.1;proto=https' }],
  ])('for Safari at %s', async (_where, headers) => {
    expect(await exchanged(SAFARI, headers)).toEqual(STRICT_EXCHANGE);
  });
});
