/** One answer on the way to a page. */
export interface Hop {
  readonly url: string;
  readonly status: number;
  /** Where it sent the browser, as an absolute URL; `undefined` when it did not. */
  readonly location: string | undefined;
}

/** What the browser shows in the end. */
export interface Page {
  /** With its fragment, which is where the PIM's pages are. */
  readonly url: string;
  readonly status: number;
  /** All headers; `getSetCookie()` has every `Set-Cookie` apart. */
  readonly headers: Headers;
  readonly body: string;
  /** Every answer up to this one, which is the last. */
  readonly hops: readonly Hop[];
}

/** Where a page sends the browser on to, absolute; `undefined` when it is no redirect. */
export function redirectTarget(page: Page): string | undefined {
  return page.hops.at(-1)?.location;
}
