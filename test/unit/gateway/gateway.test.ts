import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { Handler } from '../../../functions/http/endpoint.ts';
import { createGateway, type GatewaySettings } from '../../../local/gateway.ts';
import { BrowserSession } from '../../../simulator/user/index.ts';
import { listen } from '../../support/http-server.ts';
import { type RawResponse, rawRequest } from '../../support/raw-request.ts';

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
  const url = await serve(handler, settings);
  return { url, events, session: new BrowserSession() };
}

const INTERNAL_ERROR = '{"message":"Internal Server Error"}';

/** The answer to a request whose handler returns the result. */
async function answerTo(result: unknown): Promise<RawResponse> {
  return rawRequest(await serve(async () => result), '/activate');
}

function serve(
  handler: (...invocation: Parameters<Handler>) => Promise<unknown>,
  settings?: GatewaySettings,
): Promise<string> {
  return listen(createGateway({ 'GET /activate': handler }, settings));
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
    expect([status, body]).toEqual([500, INTERNAL_ERROR]);
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

describe('the local gateway, given a result that is no response,', () => {
  // It answered an empty 200 without a content type.
  it.each([
    [{ hello: 1 }, '{"hello":1}'],
    [['a'], '["a"]'],
    ['text', 'text'],
  ])('answers a result without a status code as a 200 with JSON: %j', async (result, body) => {
    const answer = await answerTo(result);
    expect(answer).toMatchObject({ status: 200, body });
    expect(answer.headers['content-type']).toBe('application/json');
  });

  // It dropped the connection.
  it.each([
    ['nothing', undefined],
    ['a header value that cannot be sent', { statusCode: 200, headers: { a: 'b', x: 'a\r\nb' } }],
    ['a header name that cannot be sent', { statusCode: 200, headers: { a: 'b', 'x y': '1' } }],
    ['a status code that is none', { statusCode: 1, headers: { a: 'b' }, cookies: ['c=1'] }],
    ['a body that is no text', { statusCode: 200, headers: { a: 'b' }, body: { secret: 1 } }],
  ])('answers a result with %s by a 500 without details', async (_what, result) => {
    const answer = await answerTo(result);
    expect(answer).toMatchObject({ status: 500, body: INTERNAL_ERROR });
    expect(answer.headers).not.toHaveProperty('a');
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });
});

describe('the local gateway, whatever a handler does,', () => {
  it('tells nothing of a handler that throws before it returns a promise', async () => {
    const url = await serve(() => {
      throw new Error('quoted secret');
    });
    const { status, headers, body } = await rawRequest(url, '/activate');
    expect([status, body]).toEqual([500, INTERNAL_ERROR]);
    expect(JSON.stringify(headers)).not.toContain('quoted secret');
  });

  it('goes on serving after a handler failed', async () => {
    let calls = 0;
    const url = await serve(async () => {
      calls += 1;
      if (calls === 1) throw new Error('once');
      return { statusCode: 204 };
    });
    await rawRequest(url, '/activate');
    expect(await rawRequest(url, '/activate')).toMatchObject({ status: 204 });
  });

  it('does not mind a handler that fails after its time is up', async () => {
    const late: ((reason: Error) => void)[] = [];
    const stuck = new Promise<never>((_resolve, reject) => late.push(reject));
    const url = await serve(() => stuck, { integrationTimeoutMs: 30 });
    expect(await rawRequest(url, '/activate')).toMatchObject({ status: 503 });
    for (const reject of late) reject(new Error('too late'));
  });

  // It told every handler 20 s, and waited 29 s for each.
  it.each([
    ['its own timeout', 15_000, { 'GET /activate': 15_000 }],
    ['as long as the API waits', 29_000, {}],
  ])('tells the handler how long it may still run: %s', async (_which, limitMs, timeoutsMs) => {
    let time = 1_000;
    const remaining: Handler = async (_event, context) => {
      time += 400;
      return { statusCode: 200, body: String(context.getRemainingTimeInMillis()) };
    };
    const url = await serve(remaining, { timeoutsMs, now: () => time });
    expect((await rawRequest(url, '/activate')).body).toBe(String(limitMs - 400));
  });

  it.each([
    ['HEAD', '/activate'],
    ['OPTIONS', '/activate'],
    ['GET', '/ACTIVATE'],
    ['GET', '/activate/../activate'],
    ['GET', '/__proto__'],
  ])('has no route for %s %s', async (method, target) => {
    const url = await serve(async () => ({ statusCode: 200 }));
    expect(await rawRequest(url, target, { method })).toMatchObject({ status: 404 });
  });
});
