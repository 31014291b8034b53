import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { type Agent, request as httpsRequest } from 'node:https';
import { type ConnectionFailure, connectionFailureOf } from './connection-failure.ts';

/** More than any answer that we read: a token response is about 300 bytes. */
export const MAX_ANSWER_BYTES = 64 * 1024;

/** What a PIM is asked. */
export interface PimRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string;
}

/**
 * Sends one request to a PIM and reads the whole answer, or says what disturbed it; never throws, never
 * follows a redirect (code, challenge and token go to the listed PIM and nowhere else).
 *
 * `node:https` instead of `fetch`: the first `fetch` of a process loads all of undici, which a cold
 * function pays for while the authorization code expires (docs/performance.md). Each request has a
 * connection of its own, because a kept one is usually dead after the function was frozen, and a sweep
 * meets each PIM once.
 *
 * @param timeoutMs bound on the whole exchange, from the first packet to the last byte of the body.
 * @param agent how HTTPS connections are made; see {@link pimAgent}.
 */
export async function send(
  url: URL,
  { method, headers, body }: PimRequest,
  timeoutMs: number,
  agent?: Agent,
): Promise<PimAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  let request: ClientRequest | undefined;
  try {
    request = requestFunction(url)(url, {
      method,
      // A new one for each request, and so a new connection.
      agent: url.protocol === 'https:' && agent ? agent : false,
      signal,
      headers: { accept: 'application/json', 'user-agent': 'akeneo-app-activation', ...headers },
    });
    request.end(body);
    return await readAnswer(await responseTo(request));
  } catch (error) {
    return signal.aborted ? timedOut(request) : unreachable(connectionFailureOf(error));
  } finally {
    request?.destroy();
  }
}

function unreachable(connectionFailure: ConnectionFailure): PimFailure {
  return { kind: 'failed', failure: 'unreachable', connectionFailure };
}

/** A firewall that drops packets looks like a slow PIM, but for the request that never left. */
function timedOut(request: ClientRequest | undefined): PimFailure {
  const isSent = request?.writableFinished === true;
  return {
    kind: 'failed',
    failure: 'timeout',
    ...(!isSent && { connectionFailure: 'connection-timed-out' }),
  };
}

/**
 * `node:http` only serves PIMs on a developer's loopback, so a deployed function never loads it. Not by `import()`,
 * which reads every export of the module, also the lazy ones, and so loads all of undici.
 */
function requestFunction({ protocol }: URL): typeof httpsRequest {
  return protocol === 'https:' ? httpsRequest : process.getBuiltinModule('node:http').request;
}

async function readAnswer(response: IncomingMessage): Promise<PimAnswer> {
  const { statusCode: status = 0, headers } = response;
  const { 'retry-after': retryAfter } = headers;
  const head = { status, ...(retryAfter !== undefined && { retryAfter }) };
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) return { kind: 'failed', failure: 'unexpected-answer', ...head };
    chunks.push(chunk);
  }
  return { kind: 'answered', ...head, body: Buffer.concat(chunks).toString('utf8') };
}

/** What one request to a PIM came to. */
export type PimAnswer = Answered | PimFailure;

/** An HTTP answer of the PIM, read whole. */
export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly body: string;
  /** The `Retry-After` header as it came: seconds or an HTTP date. */
  readonly retryAfter?: string;
}

/** No usable answer: nobody there, too slow, too long, or not what was asked for. */
export interface PimFailure {
  readonly kind: 'failed';
  readonly failure: FailureKind;
  /** HTTP status, when at least that much arrived. */
  readonly status?: number;
  /** As in {@link Answered}. */
  readonly retryAfter?: string;
  /** Why there was no connection. Always set when the PIM is unreachable. */
  readonly connectionFailure?: ConnectionFailure;
}

/** What went wrong between us and the PIM. */
export type FailureKind = 'unreachable' | 'timeout' | 'unexpected-answer';

/**
 * Posts a form to a PIM. Never throws.
 *
 * @param timeoutMs bound on the whole exchange.
 * @param agent how HTTPS connections are made; see {@link pimAgent}.
 */
export function sendForm(
  url: URL,
  form: string,
  timeoutMs: number,
  agent?: Agent,
): Promise<PimAnswer> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(form),
  };
  return send(url, { method: 'POST', headers, body: form }, timeoutMs, agent);
}

/** The head of the answer to a request; rejects when there will be none. */
export function responseTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Stays attached: an error after the response would otherwise be an uncaught exception.
    request.on('error', reject);
    // A connection can end without response and error, as when the other side switches protocols.
    request.once('close', () => reject(new Error('closed without a response')));
  });
}

/** The members of a JSON object; none for anything that is not one, so that every member reads as absent. */
export function parseJsonObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
