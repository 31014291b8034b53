import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { listenOnLoopback, stopServer } from '../../simulator/http/localhost.ts';

/** A request that a {@link TestServer} has read whole. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestServer {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly url: string;
  /** What came in so far, the oldest first. */
  readonly received: readonly Received[];
}

/** Answers the request with the given number, counted from 0. */
export type Answer = (response: ServerResponse, request: Received, index: number) => void;

/** A real HTTP server on a free port of the loopback; it ends with the test. */
export async function httpServer(answer: Answer): Promise<TestServer> {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => response.destroy());
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const whole = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(whole);
      answer(response, whole, received.length - 1);
    });
  };
  const server = createServer(listener);
  onTestFinished(() => server.closeAllConnections());
  return { url: await listen(server), received };
}

/**
 * A server that writes its bytes by hand, for answers that an HTTP server would not let out. It calls
 * `answer` when the first bytes of a request have arrived.
 */
export async function rawServer(answer: (socket: Socket, index: number) => void): Promise<string> {
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', () => {
      answer(socket, count);
      count += 1;
    });
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return listen(server);
}

/** A port of the loopback on which nothing listens. */
export async function closedPort(): Promise<string> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = urlOf(server);
  server.close();
  await once(server, 'close');
  return url;
}

const seenAddresses = new Set<string>();

/**
 * Says whether no server before had the address. A world that several tests share remembers PIMs by their addresses, and
 * the system gives the port of a closed server to another one.
 */
export function isNewAddress(url: string): boolean {
  const isNew = !seenAddresses.has(url);
  seenAddresses.add(url);
  return isNew;
}

/** Serves an already made server at a new address of the loopback until the test ends. */
export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = urlOf(server);
  if (!isNewAddress(url)) {
    await new Promise((resolve) => server.close(resolve));
    return listen(server);
  }
  onTestFinished(() => {
    server.close();
  });
  return url;
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server');
  return `http://127.0.0.1:${address.port}`;
}

/** A port that was free a moment ago, for a program that does not choose one itself. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server, 0);
  await stopServer(server);
  return port;
}
