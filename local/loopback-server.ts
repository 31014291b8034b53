import { once } from 'node:events';
import type { Server } from 'node:http';

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
