import {
  type ClientRequest,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { responseTo } from '../../functions/pim/response-to.ts';
import { isCertificateCode } from './certificate-code.ts';

/** A person waits for each of these; a cold function answers within two seconds. */
const TIMEOUT_MS = 10_000;

/** Enough for our pages and for what a PIM says; more is not read. */
const MAX_BODY_BYTES = 64 * 1024;

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What became of a request. */
export type Sent =
  | { readonly ok: true; readonly answer: Answer }
  | {
      readonly ok: false;
      /** Completes the sentence "the address …". */
      readonly reason: string;
      /** Whether the name server says that there is no such host. */
      readonly isUnresolved: boolean;
    };

/** A request without a body. */
interface Call {
  /** @default GET */
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Sends one request, without following redirects or keeping cookies, and never throws. A name below `localhost` is
 * this machine by definition, but Node asks a name server for it and fails, so it is connected to directly; the `Host`
 * header keeps the name, by which an emulator of API Gateway knows the API.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6761#section-6.3 RFC 6761, section 6.3}
 */
export async function send(url: URL, call: Call = {}): Promise<Sent> {
  const request = requestOf(url, call);
  try {
    request.end();
    return { ok: true, answer: await readAnswer(await responseTo(request)) };
  } catch (error) {
    return { ok: false, reason: reasonOf(error), isUnresolved: codeOf(error) === 'ENOTFOUND' };
  } finally {
    request.destroy();
  }
}

function requestOf(url: URL, { method = 'GET', headers = {} }: Call): ClientRequest {
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return start(url, {
    method,
    agent: false,
    headers: { 'user-agent': 'akeneo-app-activation', ...headers },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(url.hostname.endsWith('.localhost') && { lookup: toThisMachine }),
  });
}

const toThisMachine: LookupFunction = (_hostname, { all }, callback) => {
  const address = { address: '127.0.0.1', family: 4 };
  if (all) callback(null, [address]);
  else callback(null, address.address, address.family);
};

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) break;
  }
  const body = Buffer.concat(chunks).toString('utf8');
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has a host name that does not resolve',
  EAI_AGAIN: 'has a host name that could not be resolved just now',
  ECONNREFUSED: 'refuses connections',
  ECONNRESET: 'closed the connection',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'cannot be reached';
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return `did not answer within ${TIMEOUT_MS / 1000} seconds`;
  const code = codeOf(error) ?? error.name;
  if (isCertificateCode(code)) return `has no valid certificate (${code})`;
  return REASONS[code] ?? `cannot be reached (${code})`;
}

function codeOf(error: unknown): string | undefined {
  const isCoded = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return isCoded ? String(error.code) : undefined;
}
