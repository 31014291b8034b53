import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { Handler } from '../../../functions/http/endpoint.ts';
import { createGateway, type GatewaySettings } from '../../../local/gateway/gateway.ts';
import { BrowserSession } from '../../../simulator/user/index.ts';
import { listen } from '../../support/http-server.ts';

/** A gateway with one route, and the events that reached it. */
async function gateway(
  answer: Partial<Awaited<ReturnType<Handler>>> | Handler = {},
  settings: GatewaySettings = {},
) {
  const events: APIGatewayProxyEventV2[] = [];
  const handler: Handler = async (event, context) => {
    events.push(event);
    return typeof answer === 'function' ? answer(event, context) : { statusCode: 200, ...answer };
  };
  const url = await listen(createGateway({ 'GET /activate': handler }, settings));
  return { url, events, session: new BrowserSession() };
}

describe('the local gateway', () => {
  it('hands a request over as payload version 2', async () => {
    const { url, events, session } = await gateway();
    await session.get(`${url}/activate?a=1&a=%C3%A9+x&b=`, {
      headers: { accept: 'text/html', cookie: 'c=1; d=2' },
    });

    expect(events[0]).toMatchObject({
      version: '2.0',
      routeKey: 'GET /activate',
      rawPath: '/activate',
      rawQueryString: 'a=1&a=%C3%A9+x&b=',
      queryStringParameters: { a: '1,é x', b: '' },
      cookies: ['c=1', 'd=2'],
      headers: { accept: 'text/html' },
      requestContext: {
        stage: '$default',
        http: { method: 'GET', path: '/activate', protocol: 'HTTP/1.1' },
      },
      isBase64Encoded: false,
    });
    expect(events[0]?.headers).not.toHaveProperty('cookie');
  });

  it('leaves cookies and query parameters out where there are none', async () => {
    const { url, events, session } = await gateway();
    await session.get(`${url}/activate`);
    expect(events[0]).not.toHaveProperty('cookies');
    expect(events[0]).not.toHaveProperty('queryStringParameters');
  });

  it('sends every cookie of the answer in a header of its own', async () => {
    const { url, session } = await gateway({
      statusCode: 201,
      cookies: ['a=1; Path=/', 'b=2'],
      body: 'made',
      headers: { 'x-test': 'yes' },
    });
    const page = await session.get(`${url}/activate`);
    expect(page.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
    expect({ status: page.status, body: page.body }).toEqual({ status: 201, body: 'made' });
    expect(page.headers.get('x-test')).toBe('yes');
  });

  it('decodes a body in base64', async () => {
    const { url, session } = await gateway({
      body: Buffer.from('é').toString('base64'),
      isBase64Encoded: true,
    });
    expect((await session.get(`${url}/activate`)).body).toBe('é');
  });

  it('knows no other route and no other method', async () => {
    const { url, events, session } = await gateway();
    const pages = [
      await session.get(`${url}/activate/`),
      await session.get(url),
      await session.post(`${url}/activate`, ''),
    ];
    for (const { status, body } of pages)
      expect([status, body]).toEqual([404, '{"message":"Not Found"}']);
    expect(events).toEqual([]);
  });

  it('tells nothing of a handler that fails', async () => {
    const { url, session } = await gateway(() => Promise.reject(new Error('quoted secret')));
    const { status, body } = await session.get(`${url}/activate`);
    expect([status, body]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it.each([
    [500, 'Internal Server Error', { timeoutsMs: { 'GET /activate': 20 } }],
    [503, 'Service Unavailable', { integrationTimeoutMs: 20 }],
    [
      503,
      'Service Unavailable',
      { integrationTimeoutMs: 20, timeoutsMs: { 'GET /activate': 9_999 } },
    ],
  ])('gives up with %i %s after the time limits %j', async (expected, message, settings) => {
    const { url, session } = await gateway(() => new Promise(() => {}), settings);
    const { status, body } = await session.get(`${url}/activate`);
    expect([status, JSON.parse(body)]).toEqual([expected, { message }]);
  });
});
