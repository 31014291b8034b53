import type { Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { httpServer, rawServer } from '../../support/http-server.ts';
import { connectionError } from './support/connection-error.ts';
import { newWorld } from './support/reader-world.ts';

/** A reader with one slot at a PIM that writes its answers by hand. */
async function rawPim(answer: (socket: Socket, index: number) => void) {
  const world = await newWorld();
  const url = await rawServer(answer);
  await world.connect({ pim: url });
  const connections = world.open({ maxConcurrentCalls: 1 });
  return (path: string) => connections.fetch(url, path);
}

describe('connections.fetch hands back', () => {
  // The PIM had carried the call out, and the caller got a TypeError of the Response constructor.
  it.each([
    ['200 Zażółć', 200, 'Zażółć'],
    ['999 Request denied', 999, 'Request denied'],
  ])('an answer that begins with %s, and frees its slot', async (line, status, statusText) => {
    const call = await rawPim((socket) =>
      socket.end(`HTTP/1.1 ${line}\r\ncontent-length: 4\r\nconnection: close\r\n\r\nbody`),
    );
    for (const path of ['/api/1', '/api/2']) {
      const response = await call(path);
      expect([response.status, response.statusText]).toEqual([status, statusText]);
      expect(response.url).toMatch(new RegExp(`${path}$`));
      expect(await response.text()).toBe('body');
    }
  });
});

describe('connections.fetch lets go of', () => {
  // Its socket stayed open for the life of the process, while the slot was free for the next call.
  it('a 401 whose connection cannot be read again', async () => {
    const world = await newWorld();
    const closed = vi.fn<() => void>();
    const pim = await httpServer((response) => {
      response.on('close', closed).writeHead(401).write('{"code":401,');
    });
    await world.connect({ pim: pim.url });
    const connections = world.open({ maxConcurrentCalls: 1 });
    await connections.get(pim.url);
    world.db.deny('QueryCommand');
    const error = await connectionError(connections.fetch(pim.url, '/api'));
    expect(error.code).toBe('access_denied');
    await expect.poll(() => closed).toHaveBeenCalledOnce();
  });

  // Cancelling a broken body rejects, and that error replaced the second attempt.
  it('a 401 that breaks off while the connection is read again', async () => {
    const world = await newWorld();
    const pim = await httpServer((response, _request, index) => {
      if (index > 0) response.end();
      else response.writeHead(401).write('{"code":401,', () => response.destroy());
    });
    await world.connect({ pim: pim.url });
    const connections = world.open();
    await connections.get(pim.url);
    await world.connect({ pim: pim.url });
    expect((await connections.fetch(pim.url, '/api')).status).toBe(200);
  });
});
