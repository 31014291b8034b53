import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startLocalApp } from '../../../local/local-app.ts';
import {
  listenOnLocalhost,
  listenOnLoopback,
  stopServer,
} from '../../../simulator/http/localhost.ts';
import { startSimulatedPim } from '../../../simulator/index.ts';

const ADDRESSES = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
const HAS_IPV6_LOOPBACK = ADDRESSES.some(({ address }) => address === '::1');

/** An address that is kept for documentation, so that no machine has it. */
const ABSENT = '2001:db8::1';

/** The status at one address of the loopback. */
async function statusAt(host: string, port: number): Promise<number | undefined> {
  const [response] = await once(request({ host, port, agent: false }).end(), 'response');
  response.resume();
  return response.statusCode;
}

/** A port that is taken at `::1` and free at `127.0.0.1`. */
async function portTakenOnIpv6(): Promise<number> {
  const other = createTcpServer().listen(0, '::1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const address = other.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

async function started(ipv6Address?: string) {
  const server = createServer((_request, response) => response.writeHead(204).end());
  const listener = await listenOnLocalhost(server, 0, ipv6Address);
  onTestFinished(() => listener.stop());
  return listener;
}

describe.runIf(HAS_IPV6_LOOPBACK)('a server at localhost', () => {
  it('answers at both addresses of the loopback, at one port', async () => {
    const { port } = await started();
    expect(await statusAt('127.0.0.1', port)).toBe(204);
    expect(await statusAt('::1', port)).toBe(204);
  });

  it('stops at both, with a client still connected', async () => {
    const { port, stop } = await started();
    const idle = connect(port, '::1');
    await once(idle, 'connect');
    const ended = once(idle, 'close');
    await Promise.all([stop(), ended]);
    await expect(statusAt('127.0.0.1', port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(statusAt('::1', port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  // The App announced http://localhost:3000, and browsers opened the other program.
  it.each([
    ['App', (port: number) => startLocalApp({ port, log: () => {} })],
    ['simulated PIM', (port: number) => startSimulatedPim({ port })],
  ])('that is the %s finds a port that is taken at ::1 alone', async (_which, start) => {
    const port = await portTakenOnIpv6();
    await expect(start(port)).rejects.toMatchObject({ code: 'EADDRINUSE', port });
  });

  it('leaves ::1 free when its port is taken at 127.0.0.1', async () => {
    const other = createTcpServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port = 0 } = Object(other.address()) as { port?: number };
    const failed = listenOnLocalhost(createServer(), port);
    await expect(failed).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(statusAt('::1', port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('a server at localhost on a machine without ::1', () => {
  it('listens at 127.0.0.1 alone', async () => {
    const { port } = await started(ABSENT);
    expect(await statusAt('127.0.0.1', port)).toBe(204);
  });
});

// The embedded database closes its files after the event `close`; its folder was still locked for the next start.
it('a server has stopped when its own `close` says so, and not at its event already', async () => {
  const steps: string[] = [];
  const server = createServer().on('close', () => steps.push('server'));
  const closeServer = server.close.bind(server);
  server.close = (callback) =>
    closeServer(() =>
      setImmediate(() => {
        steps.push('database');
        callback?.();
      }),
    );
  await listenOnLoopback(server, 0);
  await stopServer(server);
  expect(steps).toEqual(['server', 'database']);
});

it('a server that does not listen has stopped', async () => {
  await expect(stopServer(createServer())).resolves.toBeUndefined();
});
