import { type Cookie, domainMatches, parseSetCookie } from './cookie.ts';
import { isTrustworthy } from './trustworthy.ts';

/**
 * The cookies of one browser. They belong to hosts, whatever the port, as in every browser.
 * `SameSite` is ignored: all requests count as navigations that the user started.
 */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Takes every `Set-Cookie` header of an answer, in their order; an expired one deletes. */
  store(headers: readonly string[], url: URL): void {
    for (const header of headers) {
      const cookie = parseSetCookie(header, url, this.#now());
      if (cookie) this.#cookies.set(`${cookie.domain} ${cookie.path} ${cookie.name}`, cookie);
    }
  }

  /** The cookies that go with a request to `url`, those with the longest path first. */
  matching(url: URL): Cookie[] {
    return [...this.#cookies.values()]
      .filter((cookie) => this.#isAlive(cookie) && belongsTo(cookie, url))
      .toSorted((one, other) => other.path.length - one.path.length);
  }

  /** The `Cookie` header for `url`; `undefined` when there is none to send. */
  header(url: URL): string | undefined {
    const pairs = this.matching(url).map(({ name, value }) => `${name}=${value}`);
    return pairs.length > 0 ? pairs.join('; ') : undefined;
  }

  #isAlive({ expiresAt }: Cookie): boolean {
    return expiresAt === undefined || expiresAt > this.#now();
  }
}

function belongsTo(cookie: Cookie, url: URL): boolean {
  if (cookie.secure && !isTrustworthy(url)) return false;
  const isHost = url.hostname === cookie.domain;
  if (!isHost && (cookie.hostOnly || !domainMatches(url.hostname, cookie.domain))) return false;
  return pathMatches(url.pathname, cookie.path);
}

function pathMatches(path: string, cookiePath: string): boolean {
  if (path === cookiePath) return true;
  return path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}
