import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { Handler } from '../../../functions/http/endpoint.ts';
import { createGateway, type GatewaySettings } from '../../../local/gateway.ts';
import { listen } from '../../support/http-server.ts';
import { rawRequest } from '../../support/raw-request.ts';

/** The event that `GET /callback` gets for a request. */
async function eventOf(
  target: string,
  headers: Readonly<Record<string, string | string[]>> = {},
  settings: GatewaySettings = {},
): Promise<APIGatewayProxyEventV2> {
  const events: APIGatewayProxyEventV2[] = [];
  const handler: Handler = async (event) => {
    events.push(event);
    return { statusCode: 204 };
  };
  const gateway = createGateway(
    { 'GET /callback': handler, 'GET /callback/{rest+}': handler },
    settings,
  );
  await rawRequest(await listen(gateway), target, { headers });
  const [event] = events;
  if (!event) throw new Error('The handler was not called.');
  return event;
}

describe('the event of payload version 2', () => {
  it('names version, route, path and stage, and has no body', async () => {
    const event = await eventOf('/callback');
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /callback',
      rawPath: '/callback',
      rawQueryString: '',
      isBase64Encoded: false,
      requestContext: { stage: '$default', routeKey: 'GET /callback' },
    });
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['body']));
  });

  it('names the route of a path with a parameter, and the parameter decoded', async () => {
    expect(await eventOf('/callback/a%20b?flow=x')).toMatchObject({
      routeKey: 'GET /callback/{rest+}',
      rawPath: '/callback/a%20b',
      pathParameters: { rest: 'a b' },
      requestContext: { routeKey: 'GET /callback/{rest+}' },
    });
    expect(await eventOf('/callback/%zz')).toMatchObject({ pathParameters: { rest: '%zz' } });
    expect((await eventOf('/callback')).pathParameters).toBeUndefined();
  });

  it.each([
    ['/callback/', ''],
    ['/callback/a/', 'a/'],
    ['/callback/a/b', 'a/b'],
  ])('has in a greedy parameter all that is left of %s', async (path, rest) => {
    expect((await eventOf(path)).pathParameters).toEqual({ rest });
  });

  it.each(['/callbacks', '/other/a', '/'])('has no route for %s', async (path) => {
    await expect(eventOf(path)).rejects.toThrow('The handler was not called.');
  });

  it.each(['a=1&a=2&b=%20%2B+c', 'state=%E4%B8%AD&code=a%26b%3Dc', '=&&a', 'a=1?b=2', '%zz=%'])(
    'holds the query %s undecoded',
    async (query) => {
      expect((await eventOf(`/callback?${query}`)).rawQueryString).toBe(query);
    },
  );

  it('holds decoded parameters beside it, repeated ones joined by commas', async () => {
    const event = await eventOf('/callback?a=1&b=%20+&a=2&c=&a=3');
    expect(event.queryStringParameters).toEqual({ a: '1,2,3', b: '  ', c: '' });
  });

  it.each(['/callback', '/callback?'])('has no parameters for %s', async (target) => {
    const event = await eventOf(target);
    expect(event).not.toHaveProperty('queryStringParameters');
    expect(event.rawQueryString).toBe('');
  });

  it('holds the cookies in an array, and no cookie header', async () => {
    const event = await eventOf('/callback', { cookie: 'a=1; b="2";c' });
    expect(event.cookies).toEqual(['a=1', 'b="2"', 'c']);
    expect(event.headers).not.toHaveProperty('cookie');
  });

  it('has no cookies when none were sent', async () => {
    expect(await eventOf('/callback')).not.toHaveProperty('cookies');
  });

  it('holds header names in lower case', async () => {
    const { headers } = await eventOf('/callback', { ACCEPT: 'text/html', 'X-Two': ['1', '2'] });
    expect(headers).toMatchObject({
      accept: 'text/html',
      'x-two': expect.stringMatching(/^1, ?2$/),
    });
  });

  it('tells who asks, when, and under which number', async () => {
    const at = Date.UTC(2026, 10, 4, 2, 15, 58, 999);
    const settings = { now: () => at, requestId: () => 'request-1' };
    const { requestContext } = await eventOf('/callback', { 'user-agent': 'Browser/1' }, settings);
    expect(requestContext.http).toMatchObject({
      method: 'GET',
      path: '/callback',
      protocol: 'HTTP/1.1',
      sourceIp: '127.0.0.1',
      userAgent: 'Browser/1',
    });
    expect(requestContext).toMatchObject({
      requestId: 'request-1',
      time: '04/Nov/2026:02:15:58 +0000',
      timeEpoch: at,
    });
  });

  // The port was part of it.
  it.each([
    ['localhost:3000', 'localhost'],
    ['[::1]:3000', '[::1]'],
    ['app.example', 'app.example'],
  ])('has the domain name of the host %s without its port', async (host, name) => {
    expect((await eventOf('/callback', { host })).requestContext.domainName).toBe(name);
  });

  it('has another number for each request', async () => {
    const [one, other] = [await eventOf('/callback'), await eventOf('/callback')];
    expect(one.requestContext.requestId).not.toBe(other.requestContext.requestId);
  });
});
