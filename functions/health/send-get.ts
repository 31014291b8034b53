import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AccessToken } from '../pim/credentials.ts';
import { MAX_ANSWER_BYTES } from '../pim/send-form.ts';
import type { ProbeAnswer } from './probe-answer.ts';

/**
 * Sends one GET with the token and reads the whole answer, or says what disturbed it; never throws,
 * never follows a redirect (the token goes to the connection's PIM and nowhere else).
 *
 * Like `sendForm` on `node:https`, with a connection of its own: a sweep meets each PIM once, so there is
 * nothing to keep open.
 *
 * @param timeoutMs bound on the whole exchange, from the first packet to the last byte of the body.
 */
export async function sendGet(
  url: URL,
  accessToken: AccessToken,
  timeoutMs: number,
): Promise<ProbeAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const request = (await requestFunction(url))(url, {
    agent: false,
    signal,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${accessToken.reveal()}`,
      'user-agent': 'akeneo-app-activation',
    },
  });
  try {
    request.end();
    return await readAnswer(await responseTo(request));
  } catch {
    return { kind: 'disturbed', disturbance: signal.aborted ? 'timeout' : 'unreachable' };
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

async function readAnswer(response: IncomingMessage): Promise<ProbeAnswer> {
  const { statusCode: status = 0, headers } = response;
  const retryAfter = headers['retry-after'];
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES)
      return { kind: 'disturbed', disturbance: 'unexpected-answer', status };
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks).toString('utf8');
  return { kind: 'answered', status, body, ...(retryAfter !== undefined && { retryAfter }) };
}
