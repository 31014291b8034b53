import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

/** Writes an answer to its connection. No answer of the PIM may be cached. */
export function writeAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { 'cache-control': 'no-store', ...headers });
  response.end(body);
}
