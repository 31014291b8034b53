import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Handler } from '../../functions/http/endpoint.ts';
import { eventOf, routeKeyOf } from './event.ts';

/** Handlers by route key, such as `GET /activate`. */
export type Routes = Readonly<Record<string, Handler>>;

/** An HTTP API waits no longer for a function, whatever the function's own timeout is. */
const INTEGRATION_TIMEOUT_MS = 29_000;

/** The time that handlers are told they have: the callback's timeout in the stack, because only the callback reads it. */
const FUNCTION_TIMEOUT_MS = 20_000;

/**
 * Serves handlers over HTTP the way API Gateway does, so that they see here what they see there: events of
 * payload version 2, a 404 for every other route, a 500 without details when a handler fails.
 *
 * @param timeoutMs how long a handler may take before the answer is a 503.
 */
export function createGateway(routes: Routes, timeoutMs = INTEGRATION_TIMEOUT_MS): Server {
  return createServer((request, response) => {
    const handler = routes[routeKeyOf(request)];
    const result = handler ? invoke(handler, request, timeoutMs) : message(404, 'Not Found');
    void Promise.resolve(result)
      .then((value) => send(response, value))
      .catch(() => response.destroy());
  });
}

async function invoke(
  handler: Handler,
  request: IncomingMessage,
  timeoutMs: number,
): Promise<APIGatewayProxyStructuredResultV2> {
  const done = new AbortController();
  const limit = after(timeoutMs, message(503, 'Service Unavailable'), { signal: done.signal });
  try {
    return await Promise.race([call(handler, request), limit]);
  } catch {
    return message(500, 'Internal Server Error');
  } finally {
    done.abort();
  }
}

/** Calls a handler. A failure to make its event becomes a rejection, as a failure of the handler does. */
async function call(
  handler: Handler,
  request: IncomingMessage,
): Promise<APIGatewayProxyStructuredResultV2> {
  const requestId = randomUUID();
  const until = Date.now() + FUNCTION_TIMEOUT_MS;
  const context = { awsRequestId: requestId, getRemainingTimeInMillis: () => until - Date.now() };
  return handler(eventOf(request, requestId), context);
}

function message(statusCode: number, text: string): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: text }),
  };
}

function send(response: ServerResponse, result: APIGatewayProxyStructuredResultV2): void {
  const { statusCode = 200, headers = {}, cookies, body = '' } = result;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies) response.setHeader('set-cookie', cookies);
  response.statusCode = statusCode;
  response.end(result.isBase64Encoded ? Buffer.from(body, 'base64') : body);
}
