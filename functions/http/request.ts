import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { BrowserKey } from '../activation/flow.ts';
import { isMalformed } from '../pim/malformed.ts';

/** What the flow reads of an HTTP request. */
export interface HttpRequest {
  readonly parameters: URLSearchParams;
  readonly browserKeys: readonly BrowserKey[];
  /** What the path has behind the endpoint's own: of `/callback/<id>` the id. A slash at the end does not count. */
  readonly callbackId: string | undefined;
  /** How many levels the path lies below the endpoint's own: 1 for `/callback/<id>`, 2 for `/callback/<id>/`. */
  readonly depth: number;
  /** Whether the answer is for a program. */
  readonly wantsJson: boolean;
  /** As the browser sent it: which languages its user reads. */
  readonly acceptLanguage: string;
  /** The gateway's ID of this request, on the page and in the log. */
  readonly requestId: string;
}

/**
 * What the schedule invokes both endpoints with to keep them warm. The gateway cannot produce it: each of its events has
 * a `requestContext`.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html Payload format 2.0}
 */
export const KEEP_WARM_EVENT = { keepWarm: true } as const;

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
    browserKeys: readBrowserKeys(cookiesOf(event)),
    ...readPath(event),
    wantsJson: prefersJson(event.headers['accept'] ?? ''),
    acceptLanguage: event.headers['accept-language'] ?? '',
    requestId: event.requestContext.requestId,
  };
}

/** Nothing says whether a greedy variable has the slash at the end of a path, so both are understood. */
function readPath({ rawPath, pathParameters }: APIGatewayProxyEventV2) {
  const callbackId = pathParameters?.['rest']?.replace(/\/$/, '') || undefined;
  return { callbackId, depth: Number(callbackId !== undefined) + Number(rawPath.endsWith('/')) };
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
 * How the name of the cookie begins; the rest are the first characters of its key's hash, which are no part of the
 * secret. So two tabs that are opened at the same first moment get two cookies. Under one name, the later answer would
 * overwrite the key of the earlier.
 *
 * The `__Host-` prefix makes browsers refuse the cookie unless it is Secure, for this very host and for
 * the path `/`, so no neighbouring subdomain can plant one.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6265 RFC 6265}, and its successor draft for the prefix
 */
export const BROWSER_COOKIE_PREFIX = '__Host-akeneo-app-browser-';
const NAME_LENGTH = 8;
const NAME = new RegExp(`^${BROWSER_COOKIE_PREFIX}[A-Za-z0-9_-]{${NAME_LENGTH}}$`);

/** Only tabs that are opened at the same first moment add a cookie each, so a browser has few of them. */
const MAX_KEYS = 8;

/**
 * `Lax`, because the PIM's redirect is a top-level GET from another site: `Strict` would withhold the cookie
 * at the very request that needs it. No `Max-Age`: it is gone when the browser closes.
 */
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** The browser's keys among `name=value` pairs, at most eight; one of the wrong shape counts as absent. */
export function readBrowserKeys(cookies: readonly string[]): readonly BrowserKey[] {
  const keys = cookies.flatMap((cookie) => {
    const [name, value] = splitPair(cookie);
    const key = NAME.test(name) ? BrowserKey.parse(value) : undefined;
    return key === undefined || isMalformed(key) ? [] : [key];
  });
  return keys.slice(0, MAX_KEYS);
}

/** The `Set-Cookie` value for a new key. */
export function setBrowserKey(key: BrowserKey): string {
  const name = BROWSER_COOKIE_PREFIX + key.hash().slice(0, NAME_LENGTH);
  return `${name}=${key.reveal()}; ${ATTRIBUTES}`;
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
