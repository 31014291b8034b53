import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Clock } from '../../functions/activation/ports.ts';
import type { Handler } from '../../functions/http/endpoint.ts';
import { answerOf, INTERNAL_ERROR, message, send } from './answer.ts';
import { eventOf, routeKeyOf } from './event.ts';

/** A handler as API Gateway sees it: what it returns may be anything. */
type RouteHandler = (...invocation: Parameters<Handler>) => Promise<unknown>;

/** Handlers by route key, such as `GET /activate`. */
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
 * How long a function can count on, whatever its own timeout is: an HTTP API waits 30 seconds, and the ways to the
 * function and back take their part of it.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html Quotas of HTTP APIs}
 */
const INTEGRATION_TIMEOUT_MS = 29_000;

/**
 * Serves handlers over HTTP the way API Gateway does, so that they see here what they see there: events of
 * payload version 2, a 404 for every other route, a 500 without details when a handler fails or has reached its
 * function's timeout, a 503 when the API has waited too long.
 */
export function createGateway(routes: Routes, settings: GatewaySettings = {}): Server {
  return createServer((request, response) => {
    const handler = routes[routeKeyOf(request)];
    const answer = handler ? invoke(handler, request, settings) : message(404, 'Not Found');
    void Promise.resolve(answer)
      .then((value) => send(response, value))
      .catch(() => response.destroy());
  });
}

async function invoke(
  handler: RouteHandler,
  request: IncomingMessage,
  settings: GatewaySettings,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { ms, answer } = timeLimit(routeKeyOf(request), settings);
  const done = new AbortController();
  const limit = after(ms, answer, { signal: done.signal });
  try {
    return await Promise.race([call(handler, request, ms, settings).then(answerOf), limit]);
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

/** Calls a handler. A failure to make its event becomes a rejection, as a failure of the handler does. */
async function call(
  handler: RouteHandler,
  request: IncomingMessage,
  limitMs: number,
  { now = Date.now, requestId = randomUUID }: GatewaySettings,
): Promise<unknown> {
  const arrival = { requestId: requestId(), at: now() };
  const until = arrival.at + limitMs;
  return handler(eventOf(request, arrival), {
    awsRequestId: arrival.requestId,
    getRemainingTimeInMillis: () => until - now(),
  });
}
