import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';

/** Names of the loopback, as a program on this machine writes them. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Accepts requests of programs and refuses those of web pages. The embedded DynamoDB checks no signature and allows every
 * origin, so any page that is open in the developer's browser could read the tables and put itself on the
 * allow-list. A browser always says which page asks, and a name that was rebound to the loopback is in `Host`.
 */
export function allowProgramsOnly(server: Server): void {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (isFromWebPage(request)) refuse(response);
    else for (const listener of listeners) listener.call(server, request, response);
  });
}

function isFromWebPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || !LOOPBACK.test(headers.host ?? '');
}

function refuse(response: ServerResponse): void {
  response.writeHead(403).end('Web pages have no access.\n');
}
