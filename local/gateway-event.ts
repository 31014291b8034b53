import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** What API Gateway itself adds to a request. */
export interface Arrival {
  readonly requestId: string;
  /** When the request came, in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * An HTTP request as an HTTP API passes it to a function: payload version 2, with the raw query string,
 * repeated query values joined by commas, and cookies in an array instead of the header.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html Payload format 2.0}
 */
export function eventOf(
  request: IncomingMessage,
  { routeKey, pathParameters }: RouteMatch,
  arrival: Arrival,
): APIGatewayProxyEventV2 {
  const { path, query } = splitTarget(request.url ?? '/');
  const { cookie, ...headers } = joinedHeaders(request.headers);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(query !== '' && { queryStringParameters: joinedQuery(query) }),
    ...(pathParameters && { pathParameters }),
    requestContext: requestContext(request, routeKey, arrival),
    isBase64Encoded: false,
  };
}

/** A route, and what the path has in place of its `{name+}`. */
export interface RouteMatch {
  /** Such as `GET /activate`. */
  readonly routeKey: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
}

/** The route of a request: the one of exactly its path, else one that ends in a greedy `{name+}`. */
export function routeOf(
  { method = 'GET', url = '/' }: IncomingMessage,
  routeKeys: readonly string[],
): RouteMatch | undefined {
  const { path } = splitTarget(url);
  const exact = `${method} ${path}`;
  if (routeKeys.includes(exact)) return { routeKey: exact };
  for (const routeKey of routeKeys) {
    const [start = '', name] = routeKey.split(/\{(\w+)\+\}$/);
    if (name === undefined || !exact.startsWith(start)) continue;
    return { routeKey, pathParameters: { [name]: decoded(exact.slice(start.length)) } };
  }
  return undefined;
}

/** As it came, when it is no percent-encoding. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function requestContext(
  request: IncomingMessage,
  routeKey: string,
  { requestId, at }: Arrival,
): APIGatewayProxyEventV2['requestContext'] {
  return {
    accountId: 'local',
    apiId: 'local',
    domainName: (request.headers.host ?? '').replace(/:\d+$/, ''),
    domainPrefix: 'local',
    http: httpContext(request),
    requestId,
    routeKey,
    stage: '$default',
    time: requestTime(at),
    timeEpoch: at,
  };
}

function httpContext(request: IncomingMessage): APIGatewayProxyEventV2['requestContext']['http'] {
  return {
    method: request.method ?? 'GET',
    path: splitTarget(request.url ?? '/').path,
    protocol: `HTTP/${request.httpVersion}`,
    sourceIp: request.socket.remoteAddress ?? '',
    userAgent: request.headers['user-agent'] ?? '',
  };
}

/** The path and the undecoded query of a request target. */
function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const at = target.indexOf('?');
  return at < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, at), query: target.slice(at + 1) };
}

function joinedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const present = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value] as const],
  );
  return Object.fromEntries(present);
}

function joinedQuery(query: string): Record<string, string> {
  const parameters = new URLSearchParams(query);
  const names = [...new Set(parameters.keys())];
  return Object.fromEntries(names.map((name) => [name, parameters.getAll(name).join(',')]));
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A time in the Common Log Format, as `requestContext.time` has it: `24/Nov/2026:02:15:58 +0000`. */
function requestTime(epochMs: number): string {
  const [date = '', time = ''] = new Date(epochMs).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
