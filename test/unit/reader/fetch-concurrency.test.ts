import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { realPause } from '../../../reader/rate-limit.ts';
import { httpServer } from '../../support/http-server.ts';
import { newWorld, type ReaderWorld } from './support/reader-world.ts';

/** A PIM that holds back every answer until the test releases it. */
async function holdingPim(world: ReaderWorld) {
  const held: ServerResponse[] = [];
  const server = await httpServer((response) => held.push(response));
  await world.connect({ pim: server.url });
  const arrived = async (count: number) => {
    await expect.poll(() => server.received).toHaveLength(count);
  };
  return { url: server.url, held, received: server.received, arrived };
}

describe('connections.fetch under load', () => {
  it('keeps to four calls at once and serves the others in their order', async () => {
    const world = await newWorld();
    const pim = await holdingPim(world);
    const connections = world.open();
    const calls = Array.from({ length: 7 }, (_, n) => connections.fetch(pim.url, `/api/${n}`));
    await pim.arrived(4);
    pim.held[2]?.end();
    await pim.arrived(5);
    pim.held[0]?.end();
    pim.held[1]?.end();
    await pim.arrived(7);
    expect(pim.received.slice(4).map(({ path }) => path)).toEqual(['/api/4', '/api/5', '/api/6']);
    for (const response of pim.held) response.end();
    expect(await Promise.all(calls)).toHaveLength(7);
  });

  // Each body kept its slot until it was read, and each was read by a call that waited for a slot.
  it('lets four downloads feed four uploads of the same PIM', async () => {
    const world = await newWorld();
    const nineMegabytes = Buffer.alloc(9 * 1024 * 1024);
    const pim = await httpServer((response, { method }) =>
      response.end(method === 'GET' ? nineMegabytes : undefined),
    );
    await world.connect({ pim: pim.url });
    const connections = world.open();
    const downloads = [1, 2, 3, 4].map((n) => connections.fetch(pim.url, `/download/${n}`));
    const uploads = (await Promise.all(downloads)).map(({ body }) =>
      connections.fetch(pim.url, '/upload', { method: 'POST', body, duplex: 'half' }),
    );
    expect((await Promise.all(uploads)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const sizes = pim.received.slice(4).map(({ body }) => body.length);
    expect(sizes).toEqual([1, 2, 3, 4].map(() => nineMegabytes.length));
  });

  it('frees the slot of an answer that has begun and does not end', async () => {
    const world = await newWorld();
    const pim = await httpServer((response) => response.writeHead(200).write('begin'));
    await world.connect({ pim: pim.url });
    const connections = world.open({ maxConcurrentCalls: 1 });
    for (const n of [1, 2, 3])
      expect((await connections.fetch(pim.url, `/api/${n}`)).status).toBe(200);
  });

  // Node took the listeners of the calls that wait in line for a leak.
  it('puts one listener on a signal that many calls share', async () => {
    const warnings: Error[] = [];
    const collect = (warning: Error) => warnings.push(warning);
    process.on('warning', collect);
    onTestFinished(() => {
      process.off('warning', collect);
    });
    const world = await newWorld();
    const pim = await holdingPim(world);
    const connections = world.open();
    const abort = new AbortController();
    const listened = vi.spyOn(abort.signal, 'addEventListener');
    const { signal } = abort;
    const calls = Array.from({ length: 60 }, () => connections.fetch(pim.url, '/api', { signal }));
    const pauses = Array.from({ length: 60 }, () => realPause(60_000, signal));
    const outcomes = Promise.allSettled([...calls, ...pauses]);
    await pim.arrived(4);
    // The global fetch puts one of its own for each of the four that it sends.
    expect(listened.mock.calls.length).toBeLessThanOrEqual(1 + 4);
    abort.abort(new Error('enough'));
    const failed = (await outcomes).filter(({ status }) => status === 'rejected');
    expect(failed).toHaveLength(120);
    await new Promise(setImmediate);
    expect(warnings.filter(({ name }) => name === 'MaxListenersExceededWarning')).toEqual([]);
  });

  it('goes on when nobody reads an answer', async () => {
    const world = await newWorld();
    const page = 'x'.repeat(2_000_000);
    const pim = await httpServer((response) => response.end(page));
    await world.connect({ pim: pim.url });
    const connections = world.open({ maxConcurrentCalls: 1 });
    for (const n of [1, 2, 3]) await connections.fetch(pim.url, `/api/${n}`);
    expect(pim.received).toHaveLength(3);
  });

  it('goes on when an answer is cancelled, or breaks off', async () => {
    const world = await newWorld();
    const pim = await holdingPim(world);
    const connections = world.open({ maxConcurrentCalls: 1 });
    const first = connections.fetch(pim.url, '/api/1');
    await pim.arrived(1);
    pim.held[0]?.writeHead(200).write('x'.repeat(100));
    await (await first).body?.cancel();
    const second = connections.fetch(pim.url, '/api/2');
    await pim.arrived(2);
    pim.held[1]?.writeHead(200).write('x');
    const response = await second;
    pim.held[1]?.destroy();
    await expect(response.text()).rejects.toThrow('terminated');
    const third = connections.fetch(pim.url, '/api/3');
    await pim.arrived(3);
    pim.held[2]?.end();
    expect((await third).status).toBe(200);
  });

  it('goes on when a call fails', async () => {
    const world = await newWorld();
    const pim = await httpServer((response, _request, index) =>
      index === 0 ? response.destroy() : response.end(),
    );
    await world.connect({ pim: pim.url });
    const connections = world.open({ maxConcurrentCalls: 1 });
    await expect(connections.fetch(pim.url, '/api/1')).rejects.toThrow(TypeError);
    expect((await connections.fetch(pim.url, '/api/2')).status).toBe(200);
  });

  it('lets no PIM wait for another', async () => {
    const world = await newWorld();
    const [busy, idle] = [await holdingPim(world), await holdingPim(world)];
    const connections = world.open({ maxConcurrentCalls: 1 });
    const one = connections.fetch(busy.url, '/api');
    const other = connections.fetch(idle.url, '/api');
    await idle.arrived(1);
    idle.held[0]?.end();
    expect((await other).status).toBe(200);
    await busy.arrived(1);
    busy.held[0]?.end();
    await one;
  });
});
