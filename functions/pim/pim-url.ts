import { type Malformed, malformed } from './malformed.ts';
import { parseUrl } from './parse-url.ts';

/**
 * The address of a PIM, checked and brought to its one canonical spelling.
 *
 * The activation URL is unauthenticated and unsigned, so `pim_url` may be anything; everything later
 * (the look-up in the allow-list, where the browser goes, where the code and the challenge are sent)
 * relies on two spellings of one PIM being one key and on nothing else slipping through.
 */

/** Longer addresses are refused before they are parsed. */
export const MAX_PIM_URL_LENGTH = 2048;

/** What the process accepts beyond `https`. */
export interface PimUrlPolicy {
  /**
   * Accept plain `http` on a loopback host, for a PIM on a developer's machine.
   * Anywhere else plain `http` would show the authorization code and the challenge to the network.
   */
  readonly dangerouslyAllowHttpOnLoopback: boolean;
}

/** Why an address is refused; stable, safe to show and to log. */
export type PimUrlProblem =
  | 'too-long'
  | 'forbidden-character'
  | 'not-a-url'
  | 'not-https'
  | 'credentials'
  | 'query-or-fragment'
  | 'host';

/**
 * Whole labels of what host names are made of, or an address; the URL standard lets `$(id).example` pass, and labels and
 * names that no name server takes.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 RFC 1035, section 2.3.4}: 63 bytes, and 253 with dots.
 */
const HOST = /^(?=.{1,253}$)(\[[\da-f:.]+\]|[\w-]{1,63}(\.[\w-]{1,63})*)$/;

/**
 * A PIM's checked address: scheme, lower-case ASCII host, port unless default, path without a
 * trailing slash. Its text is the key of every table. Only {@link PimUrl.parse} makes one.
 */
export class PimUrl {
  readonly kind = 'pim-url';
  readonly #url: URL;
  readonly #text: string;

  private constructor(url: URL) {
    this.#url = url;
    this.#text = url.origin + url.pathname.replace(/\/+$/, '');
  }

  /**
   * Checks and normalises: upper case, default port, trailing slashes and internationalised names
   * come to one spelling; a PIM under a path keeps its path.
   *
   * @see docs/pim-contract.md §1: the PIM sends its configured URL verbatim, so all of these occur.
   */
  static parse(raw: string, policy: PimUrlPolicy): PimUrl | Malformed<PimUrlProblem> {
    const problem = textProblem(raw);
    if (problem) return malformed(problem);
    const url = parseUrl(raw);
    if (!url) return malformed('not-a-url');
    const refused = urlProblem(url, raw, policy);
    return refused ? malformed(refused) : new PimUrl(url);
  }

  /** Lower-case ASCII host without port. */
  get hostname(): string {
    return this.#url.hostname;
  }

  /** True for `https` on its default port without a path: the only shape a suffix row may match. */
  get isBareHttpsHost(): boolean {
    return this.#text === `https://${this.#url.hostname}`;
  }

  /** An absolute URL of this PIM; `path` starts with `/` and is appended to the PIM's own path. */
  at(path: `/${string}`): URL {
    return new URL(this.#text + path);
  }

  /** The one spelling of the address, which is the key of every table. */
  toString(): string {
    return this.#text;
  }

  /** Like {@link toString}. */
  toJSON(): string {
    return this.#text;
  }
}

/**
 * Refuses what `new URL` would silently repair: it drops tabs and line ends, trims blanks and turns
 * a backslash into a slash, so the text that was checked would not be the address that is used.
 */
function textProblem(raw: string): PimUrlProblem | undefined {
  if (raw.length > MAX_PIM_URL_LENGTH) return 'too-long';
  return /[\s\p{Cc}\\]/u.test(raw) ? 'forbidden-character' : undefined;
}

function urlProblem(url: URL, raw: string, policy: PimUrlPolicy): PimUrlProblem | undefined {
  if (!isSchemeAllowed(url, raw, policy)) return 'not-https';
  if (authorityOf(raw).includes('@')) return 'credentials';
  if (raw.includes('?') || raw.includes('#')) return 'query-or-fragment';
  if (!HOST.test(url.hostname)) return 'host';
  return url.href.length > MAX_PIM_URL_LENGTH ? 'too-long' : undefined;
}

/** Exactly two slashes and then a host: `https:pim.example` and `https:////pim.example` parse, but nobody means them. */
function isSchemeAllowed(url: URL, raw: string, policy: PimUrlPolicy): boolean {
  if (!/^https?:\/\/[^/]/i.test(raw)) return false;
  if (url.protocol === 'https:') return true;
  return policy.dangerouslyAllowHttpOnLoopback && isLoopback(url.hostname);
}

/** Of the text, because an empty `user:password@` leaves no trace in the parsed URL. */
function authorityOf(raw: string): string {
  return raw.slice(raw.indexOf('//') + 2).split('/')[0] ?? '';
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-8.3 RFC 8252, section 8.3} */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/** How many parent domains of a host are looked up; real PIM hosts have two or three. */
const MAX_SUFFIXES = 8;

/**
 * The keys under which a PIM may be listed, the most specific first: its exact address, then the
 * suffix rows that cover its host (`*.eu.cloud.akeneo.com`, `*.cloud.akeneo.com`, …).
 *
 * Suffixes are cut at whole labels, so `evil-cloud.akeneo.com.example` or `xcloud.akeneo.com` never
 * meet `*.cloud.akeneo.com`. A suffix with a single label (`*.com`) is never a candidate, and
 * only a bare `https` host is covered: a port or a path is not what the operator vouched for.
 */
export function registrationKeys(pim: PimUrl): readonly [string, ...string[]] {
  return [pim.toString(), ...(pim.isBareHttpsHost ? suffixesOf(pim.hostname) : [])];
}

function suffixesOf(hostname: string): string[] {
  const labels = hostname.split('.');
  if (isAddress(hostname)) return [];
  return labels
    .map((_, index) => labels.slice(index + 1))
    .filter((parent) => parent.length >= 2)
    .slice(-MAX_SUFFIXES)
    .map((parent) => `*.${parent.join('.')}`);
}

/** IP addresses have no parent domains: `*.0.0.1` would mean nothing. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
}
