import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { MAX_ANSWER_BYTES, sendForm } from '../../../functions/pim/send.ts';
import { httpServer, rawServer } from '../../support/http-server.ts';

const LONG = 5_000;
const SHORT = 80;

describe('sendForm', () => {
  it.each([
    ['the greatest body', MAX_ANSWER_BYTES, 'answered'],
    ['one byte more', MAX_ANSWER_BYTES + 1, 'failed'],
  ])('reads up to 64 KiB: %s', async (_case, bytes, kind) => {
    const pim = await httpServer((response) => response.end(Buffer.alloc(bytes, 'x')));
    expect(await sendForm(new URL(pim.url), '', LONG)).toMatchObject({ kind });
  });

  it('cuts off a body without end and closes the connection', async () => {
    const closed: Promise<unknown>[] = [];
    const pim = await httpServer((response) => {
      closed.push(closing(response));
      response.writeHead(200);
      fillForever(response);
    });
    expect(await sendForm(new URL(pim.url), '', LONG)).toEqual({
      kind: 'failed',
      failure: 'unexpected-answer',
      status: 200,
    });
    expect(closed).toHaveLength(1);
    await Promise.all(closed);
  });

  it.each([
    ['says nothing', '', ''],
    ['sends interim answers only', '', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['never ends its headers', 'HTTP/1.1 200 OK\r\n', 'a: b\r\n'],
    ['drips its body', 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n', '{'],
    ['drips a chunked body', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\n{\r\n'],
  ])('gives up in time, as a timeout, on a PIM that %s', async (_case, start, drop) => {
    const closed: Promise<unknown>[] = [];
    const url = await rawServer((socket) => {
      closed.push(closing(socket));
      socket.write(start);
      dripForever(socket, drop);
    });
    const startedAt = performance.now();
    const sent = await sendForm(new URL(url), '', SHORT);
    expect(performance.now() - startedAt).toBeLessThan(LONG);
    await Promise.all(closed);
    expect(sent).toMatchObject({ kind: 'failed', failure: 'timeout' });
  });

  it('answers within its time even when the PIM switches protocols', async () => {
    const url = await rawServer((socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    );
    expect(await sendForm(new URL(url), '', SHORT)).toMatchObject({ kind: 'failed' });
  });

  it('leaves nothing behind that fails later', async () => {
    const failures: unknown[] = [];
    const note = (error: unknown): number => failures.push(error);
    process.on('uncaughtExceptionMonitor', note).on('unhandledRejection', note);
    const url = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      setImmediate(() => socket.resetAndDestroy());
    });
    expect(await sendForm(new URL(url), '', SHORT)).toMatchObject({ kind: 'answered' });
    await once(AbortSignal.timeout(SHORT * 2), 'abort');
    process.off('uncaughtExceptionMonitor', note).off('unhandledRejection', note);
    expect(failures).toEqual([]);
  });
});

/** Kept when the connection is closed, by a reset as well. */
function closing(connection: ServerResponse | Socket): Promise<void> {
  return new Promise((resolve) => connection.once('close', () => resolve()));
}

function fillForever(response: ServerResponse): void {
  const chunk = Buffer.alloc(16 * 1024, 'x');
  const fill = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', fill);
  fill();
}

function dripForever(socket: Socket, drop: string): void {
  const timer = setInterval(() => socket.write(drop), 10);
  socket.on('close', () => clearInterval(timer));
}
