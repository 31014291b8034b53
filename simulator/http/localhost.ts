import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';

/** A server that listens on `localhost`. */
export interface LocalhostListener {
  /** The same on every address of `localhost`. */
  readonly port: number;
  /** Stops listening and ends every connection. */
  readonly stop: () => Promise<void>;
}

/** How many ports to try that are free on one address and taken on the other. */
const MAXIMUM_TRIES = 20;

/**
 * Makes a server listen on both addresses of `localhost`, `127.0.0.1` and `::1`; on the first alone where the
 * machine has no IPv6. A browser may use either address: on one that was left free it could reach another program.
 *
 * @param port 0 takes one that is free on both.
 * @param ipv6Address of the loopback; a test gives one that this machine does not have.
 * @throws {Error} with code `EADDRINUSE` when the port is taken on one of them.
 */
export async function listenOnLocalhost(
  server: Server,
  port: number,
  ipv6Address = '::1',
): Promise<LocalhostListener> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await listenOnBoth(server, port, ipv6Address);
    } catch (error) {
      const mayTryAnother = port === 0 && tries < MAXIMUM_TRIES && codeOf(error) === 'EADDRINUSE';
      if (!mayTryAnother) throw error;
    }
  }
}

/** All addresses of a machine, of either family. */
const ALL = new Set(['0.0.0.0', '::']);

/**
 * Makes a server listen on `localhost`, and at another address of this machine, too, if one is given.
 *
 * @param host an address; `0.0.0.0` and `::` are all of them.
 * @throws {Error} with code `EADDRINUSE` when the port is taken; with `EADDRNOTAVAIL` when this machine has no such address.
 */
export async function listenAt(
  server: Server,
  port: number,
  host: string | undefined,
): Promise<LocalhostListener> {
  if (host !== undefined && ALL.has(host))
    return { port: await listenOn(server, port, host), stop: () => stopServer(server) };
  const local = await listenOnLocalhost(server, port);
  if (host === undefined) return local;
  const other = passingOn(server);
  try {
    await listening(other, local.port, host);
  } catch (error) {
    await local.stop();
    throw error;
  }
  return { port: local.port, stop: () => stopBoth(local.stop, other) };
}

async function listenOnBoth(
  server: Server,
  port: number,
  ipv6Address: string,
): Promise<LocalhostListener> {
  const second = await listenOnIpv6(server, port, ipv6Address);
  try {
    const both = await listenOnLoopback(server, portOf(second) ?? port);
    return { port: both, stop: () => stopBoth(() => stopServer(server), second) };
  } catch (error) {
    second?.close();
    throw error;
  }
}

/** Passes connections to the IPv6 address on to the server; `undefined` where there is no such address. */
async function listenOnIpv6(
  server: Server,
  port: number,
  address: string,
): Promise<TcpServer | undefined> {
  const second = passingOn(server);
  try {
    await listening(second, port, address);
    return second;
  } catch (error) {
    if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

/** Passes each connection on to a server, which accepts its own with the same options. */
function passingOn(server: Server): TcpServer {
  const options = { allowHalfOpen: true, noDelay: true };
  return createTcpServer(options, (socket) => server.emit('connection', socket));
}

async function listening(server: TcpServer, port: number, address: string): Promise<void> {
  server.listen(port, address);
  await once(server, 'listening');
}

async function stopBoth(
  stopFirst: () => Promise<void>,
  second: TcpServer | undefined,
): Promise<void> {
  const closed = second && once(second, 'close');
  second?.close();
  await stopFirst();
  await closed;
}

function portOf(server: TcpServer | undefined): number | undefined {
  const address = server?.address();
  return typeof address === 'object' ? address?.port : undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * Makes a server listen on the IPv4 loopback, where no other machine can reach it.
 *
 * @param port 0 takes any free one.
 * @returns the port.
 * @throws {Error} with code `EADDRINUSE` when the port is taken.
 */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return listenOn(server, port, '127.0.0.1');
}

/** The same at any address of this machine; `0.0.0.0` and `::` are all of them. */
export async function listenOn(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server');
  return address.port;
}

/**
 * Stops a server and ends its connections, idle or not. Waits for the callback of `close`, which the embedded database
 * calls after it has emitted the event `close`. Does nothing to a server that does not listen.
 */
export async function stopServer(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

/** Names of the loopback, as a program on this machine writes them. */
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Whether a request names this machine in `Host`. A web page elsewhere, whose own name was rebound to the loopback, is
 * told by the name that the browser sends.
 */
export function isForLocalhost({
  headers,
}: {
  readonly headers: { readonly host?: string | undefined };
}): boolean {
  return LOOPBACK_HOST.test(headers.host ?? '');
}
