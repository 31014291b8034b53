import { apiError } from '../api/bearer.ts';
import { type Answer, html, withHeader } from '../http/answer.ts';
import { loginPage } from '../http/pages.ts';
import type { FaultKind } from './fault.ts';

const MEBIBYTE = 2 ** 20;
const CHUNK = 'a'.repeat(2 ** 14);

/** A fault that consists of one wrong answer. */
type FalseAnswerKind = Extract<FaultKind, { kind: 'status' | 'html' | 'wrong-json' }>;

/** What the client gets in place of the PIM's answer. */
export function falseAnswer(fault: FalseAnswerKind): Answer {
  switch (fault.kind) {
    case 'status':
      return statusAnswer(fault.status, fault.retryAfter);
    case 'html':
      return loginPage('/user/login-check');
    case 'wrong-json':
      return wrongJsonAnswer(fault.body);
  }
}

/** An answer with this status: the API's own words for 429, a proxy's page for everything else. */
function statusAnswer(status: number, retryAfter: string | undefined): Answer {
  const answer =
    status === 429
      ? apiError(429, 'You have exceeded the limit of API requests per second.')
      : html(status, `<html><body><h1>${status}</h1><hr>nginx</body></html>`);
  return retryAfter === undefined ? answer : withHeader(answer, 'retry-after', retryAfter);
}

/** Status 200, the content type of JSON, and a body that need not be JSON. */
function wrongJsonAnswer(body = '{"access_token":'): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

/** A token response whose token is a mebibyte long, in pieces. */
export function* hugeBody(): Generator<string> {
  yield '{"access_token":"';
  for (let sent = 0; sent < MEBIBYTE; sent += CHUNK.length) yield CHUNK;
  yield '","token_type":"bearer","scope":""}';
}
