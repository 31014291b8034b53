import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import {
  CONNECTION_FAILURE_TEXTS,
  type ConnectionFailure,
  connectionFailureOf,
} from '../functions/pim/connection-failure.ts';
import { proxyFor } from './proxy.ts';

/** How long one request may take: a person waits for it, and a cold function answers within two seconds. */
const TIMEOUT_MS = 10_000;

/** Enough for our pages and for what a PIM says; more is not read. */
const MAX_BODY_BYTES = 64 * 1024;

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  /** All values of each header, by its name in lower case. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly body: string;
}

/** Why a request got no answer. */
export interface SendFailure {
  readonly kind: 'failed';
  /** Completes the sentence "the address …". */
  readonly reason: string;
  /** The same as one of the words that the functions log. */
  readonly connectionFailure: ConnectionFailure;
}

/** What became of a request. */
export type Sent = { readonly kind: 'answered'; readonly answer: Answer } | SendFailure;

/** A request without a body. */
interface Call {
  /** @default GET */
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the request may take, its connection and the body of the answer included. @default 10 seconds */
  readonly timeoutMs?: number;
}

/**
 * Sends one request on a connection of its own, through the proxy of the environment if there is one, without following
 * redirects or keeping cookies.
 *
 * @throws {OperatorError} for a proxy whose address means nothing, and nothing else.
 */
export async function send(
  url: URL,
  { method = 'GET', headers = {}, timeoutMs = TIMEOUT_MS }: Call = {},
): Promise<Sent> {
  const agent = agentFor(url, timeoutMs);
  try {
    const response = await request(url, {
      method,
      headers: { 'user-agent': 'akeneo-app-activation', ...headers },
      dispatcher: agent,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { kind: 'answered', answer: await answerOf(response) };
  } catch (error) {
    return { kind: 'failed', ...describe(error, timeoutMs) };
  } finally {
    await agent.destroy();
  }
}

/**
 * A name below `localhost` is this machine by definition, but Node asks a name server for it and fails, so it is
 * connected to directly. The `Host` header keeps the name, by which an emulator of API Gateway knows the API.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6761#section-6.3 RFC 6761, section 6.3}
 */
function agentFor(url: URL, timeout: number): Dispatcher {
  const proxy = proxyFor(url, process.env);
  if (proxy)
    return new ProxyAgent({ uri: proxy.href, proxyTls: { timeout }, requestTls: { timeout } });
  const { hostname } = url;
  const isThisMachine = hostname.endsWith('.localhost');
  return new Agent({
    connect: { timeout, ...(isThisMachine && { lookup: loopback }) },
  });
}

const loopback: LookupFunction = (_hostname, { all }, callback) => {
  const address = { address: '127.0.0.1', family: 4 };
  if (all) callback(null, [address]);
  else callback(null, address.address, address.family);
};

async function answerOf({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) break;
  }
  return {
    status: statusCode,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value = []]) => [name, [value].flat()]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** What the HTTP client says in its own words. */
const OF_THE_CLIENT: Readonly<Record<string, ConnectionFailure>> = {
  // Of a tunnel: our own signal ends with a TimeoutError.
  UND_ERR_ABORTED: 'proxy-refused',
  UND_ERR_SOCKET: 'connection-reset',
  UND_ERR_CONNECT_TIMEOUT: 'connection-timed-out',
};

/** The error's code is for whoever looks it up; its message may hold an address or a token. */
function describe(error: unknown, timeoutMs: number): Omit<SendFailure, 'kind'> {
  const { name } = Object(error) as Partial<Error>;
  const code = codeOf(error) ?? name ?? 'unknown';
  const connectionFailure = OF_THE_CLIENT[code] ?? connectionFailureOf(error);
  const isLate = name === 'TimeoutError' || connectionFailure === 'connection-timed-out';
  if (isLate)
    return { reason: `did not answer within ${timeoutMs / 1000} seconds`, connectionFailure };
  const { reason } = CONNECTION_FAILURE_TEXTS[connectionFailure];
  const isSaid = connectionFailure === 'other' || isCertificateCode(code);
  return { reason: isSaid ? `${reason} (${code})` : reason, connectionFailure };
}

function codeOf(error: unknown): string | undefined {
  const isCoded = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return isCoded ? String(error.code) : undefined;
}

/** Whether the code of an error is one of those by which Node refuses a certificate. */
export function isCertificateCode(code: string): boolean {
  const error = Object.assign(new Error(), { code });
  return connectionFailureOf(error).startsWith('certificate-');
}
