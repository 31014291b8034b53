import { BrowserKey } from '../activation/keys.ts';

/**
 * The `__Host-` prefix makes browsers refuse the cookie unless it is Secure, for this very host and for
 * the path `/`, so no neighbouring subdomain can plant one.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6265 RFC 6265}, and its successor draft for the prefix
 */
export const BROWSER_COOKIE = '__Host-akeneo-app-browser';

/**
 * `Lax`, because the PIM's redirect is a top-level GET from another site: `Strict` would withhold the cookie
 * at the very request that needs it. No `Max-Age`: it is gone when the browser closes.
 */
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** The browser's key among `name=value` pairs; one of the wrong shape counts as absent. */
export function readBrowserKey(cookies: readonly string[]): BrowserKey | undefined {
  for (const cookie of cookies) {
    const [name, value] = splitPair(cookie);
    const key = name === BROWSER_COOKIE ? BrowserKey.parse(value) : undefined;
    if (key) return key;
  }
  return undefined;
}

/** The `Set-Cookie` value for a new key. */
export function setBrowserKey(key: BrowserKey): string {
  return `${BROWSER_COOKIE}=${key.reveal()}; ${ATTRIBUTES}`;
}

function splitPair(cookie: string): [name: string, value: string] {
  const at = cookie.indexOf('=');
  return at < 0 ? ['', ''] : [trimmed(cookie.slice(0, at)), trimmed(cookie.slice(at + 1))];
}

/**
 * Without blanks and tabs around it, and no others: `trim` would take away a no-break space, which is no blank to a
 * browser, so that a name which begins with one has no prefix there and could be planted by a neighbour.
 */
function trimmed(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && isBlank(text[from])) from += 1;
  while (to > from && isBlank(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
