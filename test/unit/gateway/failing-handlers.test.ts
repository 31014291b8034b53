import { describe, expect, it } from 'vitest';
import type { Handler } from '../../../functions/http/endpoint.ts';
import { createGateway } from '../../../local/gateway/gateway.ts';
import { listen } from '../../support/http-server.ts';
import { rawRequest } from '../../support/raw-request.ts';

const serve = (handler: Handler, timeoutMs?: number): Promise<string> =>
  listen(createGateway({ 'GET /activate': handler }, timeoutMs));

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
    const url = await serve(() => stuck, 30);
    expect(await rawRequest(url, '/activate')).toMatchObject({ status: 503 });
    for (const reject of late) reject(new Error('too late'));
  });

  it('tells the handler how long it may still run: 20 s, as in the stack', async () => {
    const url = await serve(async (_event, context) => ({
      statusCode: 200,
      body: String(context.getRemainingTimeInMillis()),
    }));
    const remaining = Number((await rawRequest(url, '/activate')).body);
    expect(remaining).toBeLessThanOrEqual(20_000);
    expect(remaining).toBeGreaterThan(15_000);
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
