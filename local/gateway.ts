import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Clock } from '../functions/activation/ports.ts';
import type { Handler } from '../functions/http/endpoint.ts';
import { eventOf, type RouteMatch, routeOf } from './gateway-event.ts';

/** A handler as API Gateway sees it: it may return anything. */
type RouteHandler = (...invocation: Parameters<Handler>) => Promise<unknown>;

/** Handlers by route key, such as `GET /activate` or `GET /callback/{rest+}`. */
export type Routes = Readonly<Record<string, RouteHandler>>;

/** How a gateway treats its functions. Everything has a default. */
export interface GatewaySettings {
  /** The functions' own timeouts in milliseconds, by route key. @default as long as the API waits */
  readonly timeoutsMs?: Readonly<Record<string, number>>;
  /** How long the API waits for a function, in milliseconds. @default 29 seconds */
  readonly integrationTimeoutMs?: number;
  /** @default Date.now */
  readonly now?: Clock;
  /** Makes the id of the next request. @default a random UUID */
  readonly requestId?: () => string;
}

/**
 * How long a function may take, whatever its own timeout is: an HTTP API waits 30 seconds, of which the network
 * takes some.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html Quotas of HTTP APIs}
 */
const INTEGRATION_TIMEOUT_MS = 29_000;

/**
 * Serves handlers over HTTP as API Gateway does: with events of payload version 2, a 404 for every other route, a
 * 500 without details when a handler fails or reaches its function's timeout, a 503 when the API has waited too
 * long.
 */
export function createGateway(routes: Routes, settings: GatewaySettings = {}): Server {
  return createServer((request, response) => {
    void answerTo(request, routes, settings)
      .then((value) => send(response, value))
      .catch(() => response.destroy());
  });
}

async function answerTo(
  request: IncomingMessage,
  routes: Routes,
  settings: GatewaySettings,
): Promise<APIGatewayProxyStructuredResultV2> {
  const route = routeOf(request, Object.keys(routes));
  const handler = route && routes[route.routeKey];
  return handler ? invoke(handler, { request, route }, settings) : message(404, 'Not Found');
}

interface RoutedRequest {
  readonly request: IncomingMessage;
  readonly route: RouteMatch;
}

async function invoke(
  handler: RouteHandler,
  routed: RoutedRequest,
  settings: GatewaySettings,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { ms, answer } = timeLimit(routed.route.routeKey, settings);
  const done = new AbortController();
  const limit = after(ms, answer, { signal: done.signal });
  try {
    return await Promise.race([call(handler, routed, ms, settings).then(answerOf), limit]);
  } catch {
    return INTERNAL_ERROR;
  } finally {
    done.abort();
  }
}

/** How long a function may take, and the answer to a request when it takes longer. */
function timeLimit(
  routeKey: string,
  { timeoutsMs = {}, integrationTimeoutMs = INTEGRATION_TIMEOUT_MS }: GatewaySettings,
) {
  const timeoutMs = timeoutsMs[routeKey] ?? Number.POSITIVE_INFINITY;
  return timeoutMs < integrationTimeoutMs
    ? { ms: timeoutMs, answer: INTERNAL_ERROR }
    : { ms: integrationTimeoutMs, answer: message(503, 'Service Unavailable') };
}

/** Calls a handler. Rejects when the event cannot be made, as when the handler fails. */
async function call(
  handler: RouteHandler,
  { request, route }: RoutedRequest,
  limitMs: number,
  { now = Date.now, requestId = randomUUID }: GatewaySettings,
): Promise<unknown> {
  const arrival = { requestId: requestId(), at: now() };
  const until = arrival.at + limitMs;
  return handler(eventOf(request, route, arrival), {
    awsRequestId: arrival.requestId,
    getRemainingTimeInMillis: () => until - now(),
  });
}

/**
 * The answer for a handler's result. A result without `statusCode` becomes the body of a 200, as JSON; no result is an
 * error.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.v2 Response of format 2.0}
 */
function answerOf(result: unknown): APIGatewayProxyStructuredResultV2 {
  if (result === undefined || result === null) return INTERNAL_ERROR;
  if (isStructured(result)) return result;
  return jsonAnswer(200, typeof result === 'string' ? result : JSON.stringify(result));
}

/** Sends an answer, or a 500 without details in place of one that cannot be sent. */
function send(response: ServerResponse, answer: APIGatewayProxyStructuredResultV2): void {
  try {
    write(response, answer);
  } catch {
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    write(response, INTERNAL_ERROR);
  }
}

function write(response: ServerResponse, answer: APIGatewayProxyStructuredResultV2): void {
  const { statusCode = 200, headers = {}, cookies, body = '', isBase64Encoded } = answer;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies) response.setHeader('set-cookie', cookies);
  response.statusCode = statusCode;
  response.end(isBase64Encoded ? Buffer.from(body, 'base64') : body);
}

function isStructured(result: unknown): result is APIGatewayProxyStructuredResultV2 {
  return typeof result === 'object' && result !== null && 'statusCode' in result;
}

/** An answer of API Gateway itself: JSON with a message. */
function message(statusCode: number, text: string): APIGatewayProxyStructuredResultV2 {
  return jsonAnswer(statusCode, JSON.stringify({ message: text }));
}

/** What API Gateway answers when a function fails, for whatever reason. */
const INTERNAL_ERROR = message(500, 'Internal Server Error');

function jsonAnswer(statusCode: number, body: string): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body };
}
