import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { BrowserKey } from '../activation/flow.ts';
import { isMalformed } from '../pim/malformed.ts';

/** What the flow reads of an HTTP request. */
export interface HttpRequest {
  readonly parameters: URLSearchParams;
  readonly browserKey: BrowserKey | undefined;
  /** Whether the answer is for a program. */
  readonly wantsJson: boolean;
  /** The gateway's number for this request; it is on the page and in the log. */
  readonly requestId: string;
}

/**
 * Reads an HTTP API event of payload version 2.
 *
 * The query comes from `rawQueryString`, because `queryStringParameters` joins repeated parameters
 * with commas and so hides them.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html Payload format 2.0}
 */
export function readRequest(event: APIGatewayProxyEventV2): HttpRequest {
  return {
    parameters: new URLSearchParams(event.rawQueryString),
    browserKey: readBrowserKey(cookiesOf(event)),
    wantsJson: prefersJson(event.headers['accept'] ?? ''),
    requestId: event.requestContext.requestId,
  };
}

/** API Gateway sends cookies as an array of their own; other hosts of the same payload leave the header. */
function cookiesOf(event: APIGatewayProxyEventV2): readonly string[] {
  return event.cookies ?? (event.headers['cookie'] ?? '').split(';');
}

/** Browsers name `text/html` first; whoever asks for JSON alone is a program. */
function prefersJson(accept: string): boolean {
  return /\bapplication\/json\b/i.test(accept) && !/\btext\/html\b/i.test(accept);
}

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
    if (name !== BROWSER_COOKIE) continue;
    const key = BrowserKey.parse(value);
    if (!isMalformed(key)) return key;
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
