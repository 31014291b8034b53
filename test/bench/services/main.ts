/**
 * DynamoDB, KMS and a PIM on one port of the loopback, in a process of their own, so that
 * their work is not counted as a function's. Talks to its parent over IPC.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerTo } from './answer.ts';
import type { Calls, FromServices, ToServices } from './services.ts';

let calls: Record<string, number> = {};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => answer(request, Buffer.concat(chunks).toString('utf8'), response));
});
server.keepAliveTimeout = 60_000;

function answer(request: IncomingMessage, body: string, response: ServerResponse): void {
  const name = String(request.headers['x-amz-target'] ?? request.url);
  calls[name] = (calls[name] ?? 0) + 1;
  const { status, text } = answerTo(name, body, `http://${request.headers.host}`);
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': 'bench',
  });
  response.end(text);
}

function tell(message: FromServices): void {
  process.send?.(message);
}

process.on('message', (asked: ToServices) => {
  if (asked === 'close connections') {
    server.closeAllConnections();
    return tell('connections closed');
  }
  const sinceLastAsked: Calls = calls;
  calls = {};
  tell({ calls: sinceLastAsked });
});
process.on('disconnect', () => process.exit());

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const bound = server.address();
if (bound === null || typeof bound === 'string') throw new TypeError('not a TCP server');
tell({ address: `http://127.0.0.1:${bound.port}` });
