import { describe, expect, it } from 'vitest';
import { send } from '../../../cli/send.ts';
import { closedPort, httpServer, rawServer } from '../../support/http-server.ts';
import { untrustedServer } from '../../support/tls.ts';

/** A label has at most 63 characters, so the resolver refuses this name without asking a name server. */
const UNKNOWN_HOST = `https://${'x'.repeat(64)}.example.com/`;

async function failureOf(url: string) {
  const sent = await send(new URL(url), { timeoutMs: 200 });
  return sent.kind === 'failed' ? sent : undefined;
}

describe('send', () => {
  it('follows no redirect and names itself', async () => {
    const { url, received } = await httpServer((response) => {
      response.writeHead(302, { location: '/elsewhere', 'set-cookie': ['a=1', 'b=2'] }).end();
    });
    const sent = await send(new URL(url), { method: 'POST', headers: { 'x-sent': 'yes' } });
    expect(sent).toMatchObject({
      kind: 'answered',
      answer: { status: 302, headers: { location: ['/elsewhere'], 'set-cookie': ['a=1', 'b=2'] } },
    });
    expect(received).toMatchObject([
      { method: 'POST', headers: { 'user-agent': 'akeneo-app-activation', 'x-sent': 'yes' } },
    ]);
  });

  it('connects to this machine for a name below localhost, and keeps the name', async () => {
    const { url, received } = await httpServer((response) => void response.end('here'));
    const named = new URL(url.replace('127.0.0.1', 'api.localhost'));
    expect(await send(named)).toMatchObject({ kind: 'answered', answer: { body: 'here' } });
    expect(received[0]?.headers.host).toBe(named.host);
  });

  it('stops reading a body that is far too long', async () => {
    const { url } = await httpServer((response) => {
      const more = () => void response.write('x'.repeat(10_000), (error) => error ?? more());
      more();
    });
    const sent = await send(new URL(url));
    const length = sent.kind === 'answered' ? sent.answer.body.length : 0;
    expect(length).toBeGreaterThan(64 * 1024);
    expect(length).toBeLessThan(1024 * 1024);
  });

  it('says that a host name does not resolve', async () => {
    expect(await failureOf(UNKNOWN_HOST)).toEqual({
      kind: 'failed',
      reason: 'has a host name that does not resolve',
      connectionFailure: 'name-not-found',
    });
  });

  it('says that nobody listens', async () => {
    const failure = await failureOf(await closedPort());
    expect(failure).toMatchObject({
      reason: 'refuses connections',
      connectionFailure: 'connection-refused',
    });
  });

  it.each([
    ['before the answer', ''],
    ['in the middle of the body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'],
  ])('says that the connection was closed %s', async (_when, bytes) => {
    const url = await rawServer((socket) => void socket.end(bytes));
    expect((await failureOf(url))?.reason).toBe('closed the connection');
  });

  it('says that a certificate is not valid', async () => {
    expect((await failureOf(await untrustedServer()))?.reason).toBe(
      'has a self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)',
    );
  });

  it('says that what answers does not speak HTTP', async () => {
    const url = await rawServer((socket) => void socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    expect((await failureOf(url))?.reason).toBe('cannot be reached (HTTPParserError)');
  });

  it.each([
    ['no answer', ''],
    ['half an answer', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'],
  ])('gives up when there is %s in time', async (_what, bytes) => {
    const url = await rawServer((socket) => void socket.write(bytes));
    expect((await failureOf(url))?.reason).toBe('did not answer within 0.2 seconds');
  });
});
