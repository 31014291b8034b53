import { describe, expect, it } from 'vitest';
import { sendForm } from '../../../functions/pim/send.ts';
import { httpServer, rawServer } from '../../support/http-server.ts';

const LONG = 5_000;

describe('sendForm', () => {
  it('posts the form and gives back status and body', async () => {
    const pim = await httpServer((response) => response.writeHead(418).end('téa'));
    const sent = await sendForm(new URL(`${pim.url}/tenant/token`), 'a=b&c=%C3%A9', LONG);
    expect(sent).toEqual({ kind: 'answered', status: 418, body: 'téa' });
    expect(pim.received).toMatchObject([
      { method: 'POST', path: '/tenant/token', body: 'a=b&c=%C3%A9' },
    ]);
    expect(pim.received[0]?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': '12',
      'user-agent': 'akeneo-app-activation',
    });
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect: %i', async (status) => {
    const other = await httpServer((response) => response.end());
    const pim = await httpServer((response) =>
      response.writeHead(status, { location: `${other.url}/steal` }).end('moved'),
    );
    const sent = await sendForm(new URL(pim.url), 'code=x', LONG);
    expect(sent).toEqual({ kind: 'answered', status, body: 'moved' });
    expect(other.received).toEqual([]);
  });

  it.each([
    ['closes the connection', '', 'connection-reset'],
    ['does not speak HTTP', 'SSH-2.0-OpenSSH\r\n', 'other'],
    ['breaks off in its headers', 'HTTP/1.1 200 OK\r\ncontent-le', 'connection-reset'],
    [
      'breaks off in its body',
      'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"access_',
      'connection-reset',
    ],
    ['sends headers without end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`, 'other'],
  ])('calls a PIM unreachable that %s', async (_case, bytes, connectionFailure) => {
    const url = await rawServer((socket) => socket.end(bytes));
    expect(await sendForm(new URL(url), '', LONG)).toEqual({
      kind: 'failed',
      failure: 'unreachable',
      connectionFailure,
    });
  });
});
