import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';

/** A request that a browser sends. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The answer to it. Redirects are answers too. */
interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A connection of its own for each request: an idle one would keep a closing server waiting. */
const DISPATCHER = new Agent({ pipelining: 0, connect: { lookup: lookupAsBrowser } });

/**
 * Sends one request and reads the answer to its end.
 *
 * @throws {Error} when no answer comes; its `code` tells why, such as `ECONNRESET`
 */
export async function sendRequest(url: URL, outgoing: OutgoingRequest): Promise<RawAnswer> {
  const { statusCode, headers, body } = await request(url, {
    ...outgoing,
    dispatcher: DISPATCHER,
  });
  return { status: statusCode, headers: headersOf(headers), body: await body.text() };
}

/**
 * Browsers take `localhost` and every name below it for this machine, without asking a name server. They try
 * both of its addresses.
 *
 * @see RFC 6761 §6.3
 */
function lookupAsBrowser(...[hostname, options, answer]: Parameters<LookupFunction>): void {
  if (!/(^|\.)localhost$/.test(hostname)) lookup(hostname, options, answer);
  else if (options.all) answer(null, LOOPBACK);
  else answer(null, '127.0.0.1', 4);
}

const LOOPBACK = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

function headersOf(received: NodeJS.Dict<string | string[]>): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(received)) {
    for (const value of [values].flat()) headers.append(name, value);
  }
  return headers;
}
