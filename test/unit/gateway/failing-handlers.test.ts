import { describe, expect, it } from 'vitest';
import type { Handler } from '../../../functions/http/endpoint.ts';
import { createGateway, type GatewaySettings } from '../../../local/gateway/gateway.ts';
import { listen } from '../../support/http-server.ts';
import { rawRequest } from '../../support/raw-request.ts';

const serve = (handler: Handler, settings?: GatewaySettings): Promise<string> =>
  listen(createGateway({ 'GET /activate': handler }, settings));

describe('the local gateway', () => {
  it('tells nothing of a handler that throws before it returns a promise', async () => {
    const url = await serve(() => {
      throw new Error('quoted secret');
    });
    const { status, headers, body } = await rawRequest(url, '/activate');
    expect([status, body]).toEqual([500, '{"message":"Internal Server Error"}']);
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
