import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Disturbance, PimAnswer } from './token-response.ts';

/** More than any answer of the protocol: a token response is about 300 bytes. */
export const MAX_ANSWER_BYTES = 64 * 1024;

export type Sent =
  | { readonly ok: true; readonly answer: PimAnswer }
  | { readonly ok: false; readonly disturbance: Disturbance; readonly status?: number };

/**
 * Posts a form and reads the whole answer, or says what disturbed it; never throws, never follows a
 * redirect (the code and the challenge go to the listed PIM and nowhere else).
 *
 * `node:https` instead of `fetch`: the first `fetch` of a process loads all of undici, which a cold
 * function pays for while the authorization code expires (docs/performance.md). Each request has a
 * connection of its own, because a kept one is usually dead after the function was frozen.
 *
 * @param timeoutMs bound on the whole exchange, from the first packet to the last byte of the body.
 */
export async function sendForm(url: URL, form: string, timeoutMs: number): Promise<Sent> {
  const signal = AbortSignal.timeout(timeoutMs);
  const request = (await requestFunction(url))(url, {
    method: 'POST',
    agent: false,
    signal,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(form),
      'user-agent': 'akeneo-app-activation',
    },
  });
  try {
    request.end(form);
    return await readAnswer(await responseTo(request));
  } catch {
    return { ok: false, disturbance: signal.aborted ? 'timeout' : 'unreachable' };
  } finally {
    request.destroy();
  }
}

/** `node:http` only serves PIMs on a developer's loopback, so a deployed function never loads it. */
async function requestFunction(url: URL): Promise<typeof httpsRequest> {
  return url.protocol === 'https:' ? httpsRequest : (await import('node:http')).request;
}

function responseTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Stays attached: an error after the response would otherwise be an uncaught exception.
    request.on('error', reject);
    // A connection can end without response and error, as when the other side switches protocols.
    request.once('close', () => reject(new Error('closed without a response')));
  });
}

async function readAnswer(response: IncomingMessage): Promise<Sent> {
  const status = response.statusCode ?? 0;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) return { ok: false, disturbance: 'unexpected-answer', status };
    chunks.push(chunk);
  }
  return { ok: true, answer: { status, body: Buffer.concat(chunks).toString('utf8') } };
}
