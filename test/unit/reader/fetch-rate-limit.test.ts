import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { RateLimitedError } from '../../../reader/index.ts';
import { realPause } from '../../../reader/rate-limit.ts';
import { httpServer } from '../../support/http-server.ts';
import { connectedPim } from './support/connected-pim.ts';
import { connectionError } from './support/connection-error.ts';
import { newWorld } from './support/reader-world.ts';

const PRODUCTS = '/api/rest/v1/products';

/** A PIM that answers 429 a number of times. */
async function busyPim(times: number, retryAfter?: string) {
  const world = await newWorld();
  const pim = await connectedPim(world);
  const header = retryAfter !== undefined && { retryAfter };
  pim.pim.orderFault({ at: 'api', kind: 'status', status: 429, times, ...header });
  return { world, pim };
}

describe('connections.fetch after a 429', () => {
  it('waits as many seconds as the PIM says, and sends the request again', async () => {
    const { world, pim } = await busyPim(2, '3');
    expect((await world.open().fetch(pim.url, PRODUCTS)).status).toBe(200);
    expect(world.pauses).toEqual([3_000, 3_000]);
    expect(pim.apiCalls()).toBe(3);
  });

  it('waits until the date that the PIM names', async () => {
    const world = await newWorld();
    const date = new Date(Date.parse('2030-01-01T00:00:05Z')).toUTCString();
    const pim = await connectedPim(world);
    world.time = Date.parse('2030-01-01T00:00:01Z');
    pim.pim.orderFault({ at: 'api', kind: 'status', status: 429, retryAfter: date });
    expect((await world.open().fetch(pim.url, PRODUCTS)).status).toBe(200);
    expect(world.pauses).toEqual([4_000]);
  });

  // A header of `0`, or a date in the past, used up all attempts within milliseconds.
  it.each([undefined, '0', 'Tue, 01 Jan 2030 00:00:00 GMT'])(
    'waits longer each time when the PIM does not say, or says that no wait is needed: %s',
    async (retryAfter) => {
      const { world, pim } = await busyPim(3, retryAfter);
      expect((await world.open().fetch(pim.url, PRODUCTS)).status).toBe(200);
      expect(world.pauses).toHaveLength(3);
      const [first = 0, second = 0, third = 0] = world.pauses;
      expect(first >= 500 && first <= 1_000, `first ${first}`).toBe(true);
      expect(second >= 1_000 && second <= 2_000, `second ${second}`).toBe(true);
      expect(third >= 2_000 && third <= 4_000, `third ${third}`).toBe(true);
    },
  );

  it('sends a body again', async () => {
    const world = await newWorld();
    const pim = await httpServer((response, _request, index) =>
      response.writeHead(index === 0 ? 429 : 200, { 'retry-after': '1' }).end(),
    );
    await world.connect({ pim: pim.url });
    await world.open().fetch(pim.url, PRODUCTS, { method: 'POST', body: 'the body' });
    expect(pim.received.map(({ body }) => body)).toEqual(['the body', 'the body']);
  });

  it('stops after the allowed attempts', async () => {
    const { world, pim } = await busyPim(9, '1');
    const error = await connectionError(world.open().fetch(pim.url, PRODUCTS));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ code: 'rate_limited', pim: pim.url });
    expect([pim.apiCalls(), world.pauses.length]).toEqual([5, 4]);
  });

  it('advises a wait that has grown with the attempts', async () => {
    const { world, pim } = await busyPim(9, '1');
    const error = await connectionError(world.open().fetch(pim.url, PRODUCTS));
    const { retryAfterMs = 0 } = error instanceof RateLimitedError ? error : {};
    expect(retryAfterMs).toBeGreaterThanOrEqual(8_000);
  });

  it('waits no longer in all than allowed', async () => {
    const { world, pim } = await busyPim(9, '12');
    const error = await connectionError(world.open().fetch(pim.url, PRODUCTS));
    expect(error.code).toBe('rate_limited');
    expect(world.pauses).toEqual([12_000, 12_000]);
  });

  it('does not begin a wait that is longer than allowed', async () => {
    const { world, pim } = await busyPim(1, '3600');
    const error = await connectionError(world.open().fetch(pim.url, PRODUCTS));
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 3_600_000 });
    expect(error.message).toContain('3600 s');
    expect(world.pauses).toEqual([]);
  });

  // With an infinite budget, the timer could not wait that long and fired after a millisecond.
  it('does not begin a wait that no timer can make, even with the largest budget', async () => {
    const thirtyDays = 30 * 24 * 60 * 60;
    const { world, pim } = await busyPim(9, String(thirtyDays));
    const rateLimit = { maxAttempts: 5, maxWaitMs: 2 ** 31 - 1 };
    const error = await connectionError(world.open({ rateLimit }).fetch(pim.url, PRODUCTS));
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: thirtyDays * 1000 });
    expect([pim.apiCalls(), world.pauses]).toEqual([1, []]);
  });

  it('goes by a budget of its own', async () => {
    const { world, pim } = await busyPim(9, '1');
    const rateLimit = { maxAttempts: 2, maxWaitMs: 1_000 };
    await connectionError(world.open({ rateLimit }).fetch(pim.url, PRODUCTS));
    expect(pim.apiCalls()).toBe(2);
  });

  it('does not send a stream twice', async () => {
    const { world, pim } = await busyPim(1, '1');
    const init = { method: 'POST', body: Readable.from(['{}']), duplex: 'half' } as const;
    const error = await connectionError(world.open().fetch(pim.url, PRODUCTS, init));
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 1_000 });
    expect(pim.apiCalls()).toBe(1);
  });

  it('ends the wait with the reason of the signal', async () => {
    const { world, pim } = await busyPim(1, '20');
    const abort = new AbortController();
    const call = world
      .open({
        pause: (ms, signal) => {
          abort.abort(new Error('enough'));
          return realPause(ms, signal);
        },
      })
      .fetch(pim.url, PRODUCTS, { signal: abort.signal });
    await expect(call).rejects.toThrow('enough');
    expect(pim.apiCalls()).toBe(1);
  });
});

describe('realPause', () => {
  it('waits', async () => {
    const before = performance.now();
    await realPause(20);
    expect(performance.now() - before).toBeGreaterThanOrEqual(19);
  });
});
