import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request as the PIM's endpoints see it. */
export interface PimRequest {
  readonly method: string;
  /** Below the PIM's own path, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * Reads a request to its end.
 *
 * @param prefix the PIM's own path; a request outside of it gets a path that no route has
 */
export async function readPimRequest(
  message: IncomingMessage,
  prefix: string,
): Promise<PimRequest> {
  const { pathname, searchParams } = urlOf(message);
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return {
    method: message.method ?? 'GET',
    path: pathBelow(pathname, prefix),
    query: searchParams,
    headers: message.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** The target of a request, as a URL of which only path and query mean something. */
export function urlOf(message: IncomingMessage): URL {
  return new URL(`http://pim.invalid${message.url ?? '/'}`);
}

/**
 * A path without the PIM's own path before it; empty, which no route matches, for a path beside
 * it.
 */
function pathBelow(path: string, prefix: string): string {
  if (path === prefix) return '/';
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : '';
}

/** A parameter as PHP reads it: of several the last, `undefined` when there is none. */
export function parameter(parameters: URLSearchParams, name: string): string | undefined {
  return parameters.getAll(name).at(-1);
}
