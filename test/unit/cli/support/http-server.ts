import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { onTestFinished } from 'vitest';
import { newKeyPair, selfSignedCertificate } from '../../../../simulator/openid.ts';

/** Listens on a free port of the loopback until the test ends. */
export async function serve(listener: RequestListener | Server): Promise<{ port: number }> {
  const server = typeof listener === 'function' ? createServer(listener) : listener;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server');
  return { port: address.port };
}

/** A server with a certificate that nobody has signed, as that of a company's proxy looks to Node. */
export async function untrustedServer(): Promise<string> {
  const keys = await newKeyPair();
  const cert = await selfSignedCertificate(keys, new Date());
  const { port } = await serve(createTlsServer({ key: keys.privateKey, cert }));
  return `https://127.0.0.1:${port}`;
}

/** The whole body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
