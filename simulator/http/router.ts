import { apiError } from '../api/bearer.ts';
import type { Pim } from '../pim.ts';
import type { Answer } from './answer.ts';
import { notFoundPage } from './pages.ts';
import type { PimRequest } from './pim-request.ts';

/** Everything that a handler is given. */
export interface Exchange {
  readonly pim: Pim;
  readonly request: PimRequest;
  /** The segment of the path that the route's `*` stands for, decoded; empty without a `*`. */
  readonly segment: string;
}

/** Answers one kind of request. */
export type Handler = (exchange: Exchange) => Answer | Promise<Answer>;

/** A method and a path, in which `*` stands for one segment, and its handler. */
export type Route = readonly [method: string, path: string, handler: Handler];

/** Lets the first matching route answer a request; 404 or 405 when none matches. */
export async function dispatch(
  routes: readonly Route[],
  pim: Pim,
  request: PimRequest,
): Promise<Answer> {
  let answer = request.path.startsWith('/api/') ? apiError(404, 'Not Found') : notFoundPage();
  for (const [method, path, handler] of routes) {
    const segment = matchedSegment(path, request.path);
    if (segment !== undefined && method === request.method) {
      return handler({ pim, request, segment });
    }
    if (segment !== undefined) answer = apiError(405, 'Method Not Allowed');
  }
  return answer;
}

function matchedSegment(pattern: string, path: string): string | undefined {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return path === pattern ? '' : undefined;
  if (!path.startsWith(before) || !path.endsWith(after)) return undefined;
  const segment = path.slice(before.length, path.length - after.length);
  return segment === '' || segment.includes('/') ? undefined : decoded(segment);
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
