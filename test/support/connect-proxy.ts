import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { listen } from './http-server.ts';

/** What a client asked a proxy for. */
export interface AskedTunnel {
  /** Host and port. */
  readonly authority: string | undefined;
  /** The `Proxy-Authorization` header. */
  readonly authorization: string | undefined;
}

/** A proxy that leads every tunnel to one server, whatever its name, or refuses it; it notes what it is asked for. */
export async function connectProxy(to: { readonly target: string } | { readonly refusal: string }) {
  const asked: AskedTunnel[] = [];
  const server = createServer().on('connect', (request, socket: Socket) => {
    const authorization = request.headers['proxy-authorization'];
    asked.push({ authority: request.url, authorization });
    socket.on('error', () => socket.destroy());
    if ('refusal' in to) return void socket.end(`HTTP/1.1 ${to.refusal}\r\n\r\n`);
    const upstream = connect(Number(new URL(to.target).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    onTestFinished(() => void upstream.destroy());
  });
  return { url: await listen(server), asked };
}
