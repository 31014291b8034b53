import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Fault, FaultKind } from './faults.ts';
import { loginPage, notFoundPage, type PimContext } from './http/answers.ts';
import {
  appendQuery,
  bodyParameters,
  buildQuery,
  parameter,
  queryParameters,
} from './http/parameters.ts';
import { disconnectApp } from './pim.ts';

const MEBIBYTE = 2 ** 20;
const CHUNK = 'a'.repeat(2 ** 14);

/**
 * Lets a fault happen to a request, as a middleware does.
 *
 * @param next makes the PIM's own answer, with all its effects
 * @returns the answer in its place; `undefined` where `next` has made one
 */
export async function playFault(
  fault: Fault,
  c: PimContext,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  switch (fault.kind) {
    case 'slow':
      return answerLate(c, fault.ms, next);
    case 'reset':
      return reset(c);
    case 'huge-body':
      return stream(c, fault.at === 'public-key' ? await hugeKey(c) : hugeToken());
    case 'expired-code':
      c.var.pim.codes.expire(parameter(await bodyParameters(c), 'code') ?? '');
      await next();
      return undefined;
    case 'refused':
      return c.json({ error: fault.error }, 400);
    case 'sent-back':
      return sendBack(fault.query, c);
    case 'disconnected':
      disconnectApp(c.var.pim, parameter(await bodyParameters(c), 'client_id') ?? '');
      await next();
      return undefined;
    case 'fewer-scopes':
      c.set('grantsFewerScopes', true);
      await next();
      return undefined;
    case 'forged-id-token':
      c.set('idTokenForgery', fault.forgery);
      await next();
      return undefined;
    case 'key-rotated':
      await next();
      c.var.pim.openIdKeys.rotate();
      return undefined;
    case 'answer-lost':
      await next();
      c.res = reset(c);
      return undefined;
    case 'status':
      return statusAnswer(fault);
    case 'html':
      return c.html(loginPage({ action: '/user/login-check' }));
    case 'wrong-json':
      return c.body(fault.body ?? '{"access_token":', 200, { 'content-type': 'application/json' });
  }
}

/** Back to the App, without asking anybody. */
async function sendBack(query: string, c: PimContext): Promise<Response> {
  const asked = queryParameters(c);
  const app = c.var.pim.customApps.find(parameter(asked, 'client_id') ?? '');
  if (!app) return notFoundPage(c);
  c.var.pim.oauthClients.add(app.clientId);
  const state = buildQuery({ state: parameter(asked, 'state') });
  return c.redirect(appendQuery(app.callbackUrl, `${query}&${state}`));
}

async function answerLate(
  { env }: PimContext,
  ms: number,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  const hangUp = new AbortController();
  env.outgoing.once('close', () => hangUp.abort());
  const isStillThere = await setTimeout(ms, true, { signal: hangUp.signal }).catch(() => false);
  if (!isStillThere) return RESPONSE_ALREADY_SENT;
  await next();
  return undefined;
}

function reset({ env }: PimContext): Response {
  env.outgoing.socket?.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

async function stream({ env }: PimContext, body: Iterable<string>): Promise<Response> {
  env.outgoing.writeHead(200, { 'content-type': 'application/json' });
  // A client that has read enough closes the connection. That is what the fault is made for.
  await pipeline(Readable.from(body), env.outgoing).catch(() => undefined);
  return RESPONSE_ALREADY_SENT;
}

/** A token response whose token is a mebibyte long, in pieces. */
function hugeToken(): Iterable<string> {
  return aroundMebibyte('{"access_token":"', '","token_type":"bearer","scope":""}');
}

/** The key, after a mebibyte of something else. */
async function hugeKey({ var: { pim } }: PimContext): Promise<Iterable<string>> {
  const { certificate } = await pim.openIdKeys.current();
  return aroundMebibyte('{"comment":"', `","public_key":${JSON.stringify(certificate)}}`);
}

function* aroundMebibyte(before: string, after: string): Generator<string> {
  yield before;
  for (let sent = 0; sent < MEBIBYTE; sent += CHUNK.length) yield CHUNK;
  yield after;
}

/** The API's own words for 429, a proxy's page for every other status. */
function statusAnswer({ status, retryAfter }: Extract<FaultKind, { kind: 'status' }>): Response {
  const message = 'You have exceeded the limit of API requests per second.';
  const [type, body] =
    status === 429
      ? ['application/json', JSON.stringify({ code: 429, message })]
      : ['text/html; charset=UTF-8', `<html><body><h1>${status}</h1><hr>nginx</body></html>`];
  const later = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return new Response(body, { status, headers: { 'content-type': type, ...later } });
}
