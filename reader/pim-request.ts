import type { AccessToken } from '../functions/pim/credentials.ts';
import type { PimUrl } from '../functions/pim/pim-url.ts';
import { ConnectionError } from './errors.ts';

/** The options of a call: those of the global `fetch`, and which client id is meant. */
export interface PimRequestInit extends Omit<RequestInit, 'redirect'> {
  /** For a PIM with several connections of the App. @default the reader's own client id */
  readonly clientId?: string;
}

/** False if the body is a stream, which can be sent only once. */
export function isRepeatable({ body }: PimRequestInit): boolean {
  return !(typeof body === 'object' && body !== null && Symbol.asyncIterator in body);
}

/** Sends one request with the token. It returns redirects, because following one could send the token to another host. */
export function sendWithToken(
  url: URL,
  init: PimRequestInit,
  accessToken: AccessToken,
): Promise<Response> {
  const headers = new Headers(init.headers);
  // Behind a shared front end, a Host header of the caller's could lead the token to another tenant.
  headers.delete('host');
  headers.set('authorization', `Bearer ${accessToken.reveal()}`);
  return fetch(url, { ...init, headers, redirect: 'manual' });
}

/**
 * Cancels an answer that nobody will read, which closes its socket. It never rejects: a body that has broken off is as
 * good as cancelled, and must not hide what the caller is about to do or to throw.
 */
export async function discard({ body }: Response): Promise<void> {
  await body?.cancel().catch(() => {});
}

/**
 * The URL of a path in a PIM, for a request with the token. It refuses whatever could name another host, before and after
 * parsing: absolute and `//host` URLs, backslashes (which URL parsers take for slashes), blanks and control characters
 * (which they drop), and dot segments that climb out of a PIM whose address has a path.
 *
 * @throws {ConnectionError} `path_not_of_pim`. It does not quote the path, whose query may hold data of the caller.
 */
export function urlInPim(pim: PimUrl, path: string): URL {
  if (!isPath(path)) throw pathNotOfPim(pim);
  const root = pim.at('/');
  const url = pim.at(path);
  const leavesPim = url.origin !== root.origin || !url.pathname.startsWith(root.pathname);
  if (leavesPim || HIDDEN_DOTS.test(url.pathname)) throw pathNotOfPim(pim);
  return url;
}

function isPath(path: string): path is `/${string}` {
  return path.startsWith('/') && !path.startsWith('//') && !/[\s\p{Cc}\\]/u.test(path);
}

/**
 * A dot segment that URL parsers leave alone, but some front ends do not: those that decode slashes before they choose a
 * tenant (`..%2f`), and those that drop what follows a semicolon, as servlet containers do (`..;`).
 */
const HIDDEN_DOTS = /(\/|%2f|%5c)(\.|%2e){1,2}(\/|%2f|%5c|;|%3b|$)/i;

function pathNotOfPim(pim: PimUrl): ConnectionError {
  const next = 'Pass a path that starts with one slash, such as /api/rest/v1/products?limit=100.';
  const address = pim.toString();
  const message = `The path does not lead into ${address}; nothing was sent. ${next}`;
  return new ConnectionError('path_not_of_pim', message, { pim: address });
}
