import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { isLocalhostName } from './trustworthy.ts';

/** A request that a browser sends. */
export interface OutgoingRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** The answer to it, as it came: redirects are answers too. */
interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Sends one request and reads the answer to its end. Names below `localhost` lead to this machine,
 * with the `Host` header that belongs to them.
 *
 * @throws {Error} when no answer comes; its `code` tells why, such as `ECONNRESET`
 */
export async function sendRequest(url: URL, outgoing: OutgoingRequest): Promise<RawAnswer> {
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const { method, headers, body } = outgoing;
  const request = start(url, { ...connection(url), method, headers });
  request.end(body);
  const [message]: IncomingMessage[] = await once(request, 'response');
  if (!message) throw new Error('Node announced a response without one.');
  return {
    status: message.statusCode ?? 0,
    headers: headersOf(message),
    body: await text(message),
  };
}

/** A connection of its own for each request: an idle one would keep a closing server waiting. */
function connection({ hostname }: URL): RequestOptions {
  return {
    agent: false,
    ...(isLocalhostName(hostname) ? { lookup: loopback } : {}),
  };
}

/** Both loopback addresses, as a browser tries them. */
const loopback: LookupFunction = (_hostname, options, answer) => {
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  if (options.all) answer(null, addresses);
  else answer(null, '127.0.0.1', 4);
};

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  return headers;
}
