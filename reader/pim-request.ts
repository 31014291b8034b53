import type { AccessToken } from '../functions/pim/credentials.ts';
import type { PimUrl } from '../functions/pim/pim-url.ts';
import { ConnectionError } from './errors.ts';

/** The options of a call: those of the global `fetch`, and which client id is meant. */
export interface PimRequestInit extends Omit<RequestInit, 'redirect'> {
  /** For a PIM with several connections of the App. @default the reader's own client id */
  readonly clientId?: string;
}

/** Every member but `headers` and `redirect`. */
const MEMBERS = [
  'body',
  'cache',
  'clientId',
  'credentials',
  'dispatcher',
  'duplex',
  'integrity',
  'keepalive',
  'method',
  'mode',
  'referrer',
  'referrerPolicy',
  'signal',
  'window',
] as const satisfies readonly (keyof PimRequestInit)[];

/**
 * Reads each member once, as the global `fetch` does: those of a prototype count, such as the getters of a `Request`.
 * What the caller changes afterwards has no effect.
 *
 * @throws {TypeError} as the global `fetch` does, for headers that cannot be sent and for what is no object.
 * @see {@link https://webidl.spec.whatwg.org/#js-dictionary Web IDL, dictionary types}
 */
export function readInit(init: PimRequestInit | null): PimRequestInit {
  const given: unknown = init ?? {};
  if (!isDictionary(given)) throw new TypeError('The options of a call have to be an object.');
  const members = MEMBERS.map((name) => [name, given[name]] as const);
  const present = members.filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(present), headers: new Headers(given.headers) };
}

function isDictionary(given: unknown): given is PimRequestInit {
  return typeof given === 'object' || typeof given === 'function';
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
 * The URL of a path in a PIM, for a request with the token. What the global `fetch` encodes is encoded. What could lead
 * out of the PIM is refused, as URL parsers read it and as front ends may.
 *
 * @throws {ConnectionError} `path_not_of_pim`. It does not quote the path, whose query may hold data of the caller.
 */
export function urlInPim(pim: PimUrl, path: string): URL {
  const read = asParsersRead(path);
  if (!isPath(read)) throw pathNotOfPim(pim, startProblem(read));
  const problem = textProblem(read);
  if (problem) throw pathNotOfPim(pim, problem);
  const root = pim.at('/');
  const url = pim.at(read);
  const leavesPim = url.origin !== root.origin || !url.pathname.startsWith(root.pathname);
  if (leavesPim) throw pathNotOfPim(pim, "Its `..` lead out of the PIM's own path.");
  if (root.pathname !== '/' && HIDDEN_DOTS.test(url.pathname)) throw pathNotOfPim(pim, HIDDEN);
  return url;
}

/**
 * Without what the URL standard drops: blanks and control characters at the start, tabs and line ends anywhere. It drops
 * the former at the end, too.
 *
 * @see {@link https://url.spec.whatwg.org/#concept-basic-url-parser URL standard, basic URL parser}
 */
function asParsersRead(path: string): string {
  return path.replace(/^[^!-\u{10FFFF}]+/u, '').replace(/[\t\n\r]/g, '');
}

function isPath(path: string): path is `/${string}` {
  return path.startsWith('/');
}

function startProblem(path: string): string {
  return /^[a-z][a-z\d+.-]*:/i.test(path)
    ? 'It is an absolute URL.'
    : 'It does not start with a slash.';
}

/** A query may hold backslashes, as JSON does; in a path, URL parsers take them for slashes. */
function textProblem(path: string): string | undefined {
  if (path.startsWith('//')) return 'It starts with two slashes, which name another host.';
  if (!/^[^?#]*\\/.test(path)) return undefined;
  return 'It has a backslash before the query, which URL parsers take for a slash. Write %5C.';
}

/**
 * A dot segment that URL parsers leave alone, but some front ends do not: those that decode slashes before they choose a
 * tenant (`..%2f`), and those that drop what follows a semicolon, as servlet containers do (`..;`).
 */
const HIDDEN_DOTS = /(\/|%2f|%5c)(\.|%2e){2}(\/|%2f|%5c|;|%3b|$)/i;

const HIDDEN = "It has an encoded `..`, which could lead out of the PIM's own path.";

function pathNotOfPim(pim: PimUrl, problem: string): ConnectionError {
  const next = 'Pass a path that starts with one slash, such as /api/rest/v1/products?limit=100.';
  const address = pim.toString();
  const message = `The path does not lead into ${address}; nothing was sent. ${problem} ${next}`;
  return new ConnectionError('path_not_of_pim', message, { pim: address });
}
