import { isTrustworthy } from './trustworthy.ts';

/** A cookie as a browser keeps it. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** The host that set it, or the `Domain` it asked for. */
  readonly domain: string;
  /** Whether it goes back to that host only, and not to the hosts below it. */
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  /** Milliseconds since the epoch; `undefined` for as long as the browser runs. */
  readonly expiresAt: number | undefined;
}

type Attributes = ReadonlyMap<string, string>;

/**
 * Reads one `Set-Cookie` header as a browser does that got it from `url`.
 *
 * @param now milliseconds since the epoch
 * @returns the cookie; `undefined` when a browser would refuse it: no name, a foreign domain,
 *   `Secure` over plain http, a prefix `__Host-` or `__Secure-` without what it requires
 * @see RFC 6265bis §5.6
 */
export function parseSetCookie(header: string, url: URL, now: number): Cookie | undefined {
  const [pair = '', ...rest] = header.split(';');
  const [name, value] = splitPair(pair);
  const attributes = attributesOf(rest);
  const cookie = {
    name,
    value,
    ...scopeOf(attributes, url),
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    expiresAt: expiryOf(attributes, now),
  };
  return isAcceptable(cookie, attributes, url) ? cookie : undefined;
}

/** Whether a host is the domain, or lies below it. */
export function domainMatches(hostname: string, domain: string): boolean {
  return hostname === domain || hostname.endsWith(`.${domain}`);
}

function attributesOf(parts: readonly string[]): Attributes {
  return new Map(parts.map(splitPair).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Where the cookie goes: to which hosts, and below which path. */
function scopeOf(attributes: Attributes, url: URL): Pick<Cookie, 'domain' | 'hostOnly' | 'path'> {
  const domain = (attributes.get('domain') ?? '').replace(/^\./, '').toLowerCase();
  const path = cookiePath(attributes.get('path'), url);
  return { domain: domain || url.hostname, hostOnly: domain === '', path };
}

function splitPair(pair: string): [name: string, value: string] {
  const [name = '', ...value] = pair.split('=');
  return [name.trim(), value.join('=').trim()];
}

/** Without a path of its own, a cookie gets the directory of the page that set it. */
function cookiePath(path: string | undefined, url: URL): string {
  if (path?.startsWith('/')) return path;
  return url.pathname.slice(0, url.pathname.lastIndexOf('/')) || '/';
}

function expiryOf(attributes: Attributes, now: number): number | undefined {
  const maxAge = attributes.get('max-age') ?? '';
  if (/^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1000;
  const expires = Date.parse(attributes.get('expires') ?? '');
  return Number.isNaN(expires) ? undefined : expires;
}

function isAcceptable(cookie: Cookie, attributes: Attributes, url: URL): boolean {
  const name = cookie.name.toLowerCase();
  if (name === '' || !domainMatches(url.hostname, cookie.domain)) return false;
  if (cookie.secure && !isTrustworthy(url)) return false;
  if (name.startsWith('__secure-')) return cookie.secure;
  if (!name.startsWith('__host-')) return true;
  return cookie.secure && cookie.hostOnly && attributes.get('path') === '/';
}
