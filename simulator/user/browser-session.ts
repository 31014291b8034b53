import { Cookie, CookieJar } from 'tough-cookie';
import { type OutgoingRequest, sendRequest } from './send-request.ts';

/** One answer on the way to a page. */
export interface Hop {
  readonly url: string;
  readonly status: number;
  /** Where it redirected to, as an absolute URL; `undefined` when it did not. */
  readonly location: string | undefined;
}

/** What the browser shows in the end. */
export interface Page {
  /** With its fragment, which is where the PIM's pages are. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Every answer up to this one, which is the last. */
  readonly hops: readonly Hop[];
}

/** Where a page redirects to, absolute; `undefined` when it is no redirect. */
export function redirectTarget(page: Page): string | undefined {
  return page.hops.at(-1)?.location;
}

/** A cookie as a browser keeps it. */
export interface BrowserCookie {
  readonly name: string;
  readonly value: string;
  readonly path: string | null;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  /** Whether only the host that set it gets it back, and no subdomain. */
  readonly hostOnly: boolean | null;
}

const MAXIMUM_HOPS = 10;

/** Headers by name. */
export type RequestHeaders = Readonly<Record<string, string>>;

/** A browser was redirected more than ten times in a row. */
export class TooManyRedirectsError extends Error {
  override readonly name = 'TooManyRedirectsError';
  /** Where it was sent, in order. */
  readonly hops: readonly Hop[];

  /** @param hops every answer so far */
  constructor(hops: readonly Hop[]) {
    super(`More than ${MAXIMUM_HOPS} redirects.`);
    this.hops = hops;
  }
}

/**
 * One browser without a window: it keeps cookies as browsers do and follows redirects only when
 * told to, so that a test can check every step.
 */
export class BrowserSession {
  readonly #cookies = browserCookies();

  /** Loads one URL. A redirect is a page with a status of 3xx. */
  get(url: string, options: { headers?: RequestHeaders } = {}): Promise<Page> {
    return this.#load(url, { method: 'GET', headers: options.headers ?? {} });
  }

  /** Posts a body, form-encoded unless the headers say otherwise. */
  post(url: string, body: string, options: { headers?: RequestHeaders } = {}): Promise<Page> {
    const contentType = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.#load(url, {
      method: 'POST',
      headers: { ...contentType, ...options.headers },
      body,
    });
  }

  /** Sends `DELETE`, as pages do by script. */
  delete(url: string, options: { headers?: RequestHeaders } = {}): Promise<Page> {
    return this.#load(url, { method: 'DELETE', headers: options.headers ?? {} });
  }

  /**
   * Loads a URL and follows redirects to the last page.
   *
   * @throws {TooManyRedirectsError} after ten of them
   */
  async follow(url: string): Promise<Page> {
    const hops: Hop[] = [];
    for (let next = url; hops.length <= MAXIMUM_HOPS; ) {
      const page = await this.get(next);
      hops.push(...page.hops);
      const target = redirectTarget(page);
      if (target === undefined) return { ...page, hops };
      next = target;
    }
    throw new TooManyRedirectsError(hops);
  }

  /** The cookies that a request to `url` carries. */
  cookiesFor(url: string): BrowserCookie[] {
    return this.#cookies.getCookiesSync(url).map(({ key, value, path, ...flags }) => {
      const { secure, httpOnly, hostOnly } = flags;
      return { name: key, value, path, secure, httpOnly, hostOnly };
    });
  }

  async #load(url: string, outgoing: OutgoingRequest): Promise<Page> {
    const cookie = this.#cookies.getCookieStringSync(url);
    const headers = { ...outgoing.headers, ...(cookie === '' ? {} : { cookie }) };
    const answer = await sendRequest(new URL(url), { ...outgoing, headers });
    keepCookies(this.#cookies, answer.headers.getSetCookie(), url);
    const location = locationOf(answer.status, answer.headers, url);
    return { ...answer, url, hops: [{ url, status: answer.status, location }] };
  }
}

/**
 * The cookies of one browser. They belong to hosts, whatever the port; `Secure` ones also go to this machine
 * over plain http, and a name with a prefix such as `__Host-` is refused without what the prefix requires.
 * `SameSite` is ignored: all requests count as navigations that the user started.
 */
export function browserCookies(): CookieJar {
  return new CookieJar(undefined, { rejectPublicSuffixes: false });
}

/** Takes every `Set-Cookie` header of an answer, in their order, but those that a browser refuses. */
export function keepCookies(jar: CookieJar, headers: readonly string[], url: string): void {
  for (const header of headers) {
    const cookie = Cookie.parse(header);
    if (cookie) jar.setCookieSync(withFixedExpiry(cookie), url, { ignoreError: true });
  }
}

/** The jar counts `Max-Age` from the last use of a cookie, browsers from the moment it was set. */
function withFixedExpiry(cookie: Cookie): Cookie {
  if (typeof cookie.maxAge !== 'number') return cookie;
  cookie.setExpires(new Date(Date.now() + cookie.maxAge * 1000));
  cookie.maxAge = null;
  return cookie;
}

function locationOf(status: number, headers: Headers, base: string): string | undefined {
  const location = headers.get('location');
  if (status < 300 || status > 399 || location === null) return undefined;
  return new URL(location, base).href;
}
