import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
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

  it('counts a call until its body has arrived', async () => {
    const world = await newWorld();
    const pim = await holdingPim(world);
    const connections = world.open({ maxConcurrentCalls: 1 });
    const first = connections.fetch(pim.url, '/api/1');
    await pim.arrived(1);
    pim.held[0]?.writeHead(200).write('begin');
    const response = await first;
    const second = connections.fetch(pim.url, '/api/2');
    await world.open().get(pim.url);
    expect(pim.received).toHaveLength(1);
    pim.held[0]?.end(' and end');
    expect(await response.text()).toBe('begin and end');
    await pim.arrived(2);
    pim.held[1]?.end();
    await second;
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

  it('goes on when the signal of a large answer that nobody reads is aborted', async () => {
    const world = await newWorld();
    const nineMegabytes = Buffer.alloc(9 * 1024 * 1024);
    const pim = await httpServer((response) => response.end(nineMegabytes));
    await world.connect({ pim: pim.url });
    const connections = world.open({ maxConcurrentCalls: 1 });
    const abort = new AbortController();
    await connections.fetch(pim.url, '/api/1', { signal: abort.signal });
    const second = connections.fetch(pim.url, '/api/2');
    await world.open().get(pim.url);
    expect(pim.received).toHaveLength(1);
    abort.abort();
    expect((await second).status).toBe(200);
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
