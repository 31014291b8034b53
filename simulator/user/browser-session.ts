import type { Cookie } from './cookie.ts';
import { CookieJar } from './cookie-jar.ts';
import { type Hop, type Page, redirectTarget } from './page.ts';
import { type OutgoingRequest, sendRequest } from './send-request.ts';

const MAXIMUM_HOPS = 10;

/** Headers by name. */
export type RequestHeaders = Readonly<Record<string, string>>;

/** A browser was redirected more than ten times. */
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
  readonly #cookies: CookieJar;

  /** @param options.now milliseconds since the epoch, for the expiry of cookies */
  constructor(options: { now?: () => number } = {}) {
    this.#cookies = new CookieJar(options.now);
  }

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
  cookiesFor(url: string): Cookie[] {
    return this.#cookies.matching(new URL(url));
  }

  async #load(address: string, outgoing: OutgoingRequest): Promise<Page> {
    const url = new URL(address);
    const cookie = this.#cookies.header(url);
    const headers = { ...outgoing.headers, ...(cookie === undefined ? {} : { cookie }) };
    const answer = await sendRequest(url, { ...outgoing, headers });
    this.#cookies.store(answer.headers.getSetCookie(), url);
    const location = locationOf(answer.status, answer.headers, url);
    return { ...answer, url: address, hops: [{ url: address, status: answer.status, location }] };
  }
}

function locationOf(status: number, headers: Headers, base: URL): string | undefined {
  const location = headers.get('location');
  if (status < 300 || status > 399 || location === null) return undefined;
  return new URL(location, base).href;
}
