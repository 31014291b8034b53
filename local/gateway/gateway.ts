import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Handler } from '../../functions/http/endpoint.ts';
import { eventOf, splitTarget } from './event.ts';

/** Handlers by route key, such as `GET /activate`. */
export type Routes = Readonly<Record<string, Handler>>;

/** An HTTP API gives up on a function after this time, whatever the function's own timeout is. */
const INTEGRATION_TIMEOUT_MS = 29_000;

/** What handlers are told that they have: the callback's timeout in the stack, which is the one that reads it. */
const FUNCTION_TIMEOUT_MS = 20_000;

/**
 * Serves handlers over HTTP the way API Gateway does, so that they see here what they see there: events of
 * payload version 2, a 404 for every other route, a 500 without details when a handler fails.
 */
export function createGateway(routes: Routes, timeoutMs = INTEGRATION_TIMEOUT_MS): Server {
  return createServer((request, response) => {
    const { path } = splitTarget(request.url ?? '/');
    const handler = routes[`${request.method} ${path}`];
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
  const requestId = randomUUID();
  const until = Date.now() + FUNCTION_TIMEOUT_MS;
  const context = { awsRequestId: requestId, getRemainingTimeInMillis: () => until - Date.now() };
  const done = new AbortController();
  const limit = after(timeoutMs, message(503, 'Service Unavailable'), { signal: done.signal });
  try {
    const answer = Promise.resolve(eventOf(request, requestId)).then((event) =>
      handler(event, context),
    );
    return await Promise.race([answer, limit]);
  } catch {
    return message(500, 'Internal Server Error');
  } finally {
    done.abort();
  }
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
