import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';

/** A server that listens at `localhost`. */
export interface LocalhostListener {
  /** The same one at every address of `localhost`. */
  readonly port: number;
  /** Stops listening and ends every connection. */
  readonly stop: () => Promise<void>;
}

/** How often a free port of one address may be taken at the other one. */
const MAXIMUM_TRIES = 20;

/**
 * Lets a server listen at both addresses of `localhost`, `127.0.0.1` and `::1`, or at the first alone where the
 * machine has no second one. A browser may take either, and would reach another program at the one that is left free.
 *
 * @param port 0 takes one that is free at both.
 * @param ipv6Address of the loopback; a test gives one that this machine does not have.
 * @throws {Error} with code `EADDRINUSE` when the port is taken at one of them.
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

async function listenOnBoth(
  server: Server,
  port: number,
  ipv6Address: string,
): Promise<LocalhostListener> {
  const second = await listenOnIpv6(server, port, ipv6Address);
  try {
    const both = await listenOnLoopback(server, portOf(second) ?? port);
    return { port: both, stop: () => stopBoth(server, second) };
  } catch (error) {
    second?.close();
    throw error;
  }
}

/** Hands the connections of the second address to the server; `undefined` where there is no such address. */
async function listenOnIpv6(
  server: Server,
  port: number,
  address: string,
): Promise<TcpServer | undefined> {
  // Both options are those of an HTTP server for the connections that it accepts itself.
  const options = { allowHalfOpen: true, noDelay: true };
  const second = createTcpServer(options, (socket) => server.emit('connection', socket));
  second.listen(port, address);
  try {
    await once(second, 'listening');
    return second;
  } catch (error) {
    if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

async function stopBoth(server: Server, second: TcpServer | undefined): Promise<void> {
  const closed = second && once(second, 'close');
  second?.close();
  await stopServer(server);
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
 * Lets a server listen on the IPv4 loopback, where no other machine can reach it.
 *
 * @param port 0 takes any free one.
 * @returns the port that it listens on.
 * @throws {Error} with code `EADDRINUSE` when the port is taken.
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server');
  return address.port;
}

/**
 * Stops a server and ends its connections, idle or not. Resolves when the server says so, which the embedded
 * database does after its event `close`. Does nothing to one that does not listen.
 */
export async function stopServer(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
