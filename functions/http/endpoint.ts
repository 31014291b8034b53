import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { type ActivateDeps, beginActivation } from '../activation/begin.ts';
import { type Clock, ServiceError } from '../activation/ports.ts';
import { causeOf, type Refused, refused } from '../activation/result.ts';
import { type OutcomeRecord, outcomeLine } from '../telemetry/log.ts';
import { type HttpRequest, readRequest } from './request.ts';
import { type HttpResponse, type Result, writeResponse } from './response.ts';

/** A Lambda function behind an HTTP API; two arguments, as Node 24 allows no others. */
export type Handler = (
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
) => Promise<HttpResponse>;

/** What an endpoint tells of its requests, and how. */
export interface EndpointDeps {
  /** Which of the two, a dimension of the metrics. */
  readonly endpoint: OutcomeRecord['endpoint'];
  /** Name of the stack, a dimension of the metrics. */
  readonly stack: string;
  readonly now: Clock;
  /** Takes one line of the log, without its line end. */
  readonly log: (line: string) => void;
}

/** What an endpoint does with a request, given the milliseconds that the function may still run. */
export type Serve = (request: HttpRequest, remainingMs: number) => Promise<Result>;

/** `GET /activate?pim_url=…`, the App's activation URL. */
export function activateEndpoint(deps: ActivateDeps & Omit<EndpointDeps, 'endpoint'>): Handler {
  return endpoint((request) => beginActivation(request, deps), { ...deps, endpoint: 'activate' });
}

/**
 * Wraps an endpoint's core into a handler: event in, one line of log, response out. This is the one place
 * where an exception becomes an answer; its message reaches neither the browser nor the log.
 */
export function endpoint(serve: Serve, deps: EndpointDeps): Handler {
  let coldStart = true;
  return async (event, context) => {
    const startedAt = deps.now();
    const request = readRequest(event);
    const served = await serveSafely(() => serve(request, context.getRemainingTimeInMillis()));
    const durationMs = deps.now() - startedAt;
    const { requestId } = request;
    const ids = { requestId, invocationId: context.awsRequestId };
    deps.log(outcomeLine({ ...recordOf(served, deps), ...ids, coldStart, startedAt, durationMs }));
    coldStart = false;
    return writeResponse(served.result, request);
  };
}

interface Served {
  readonly result: Result;
  /** Where a defect happened. */
  readonly frames?: readonly string[];
}

/** What came of a request, whatever is thrown. */
async function serveSafely(serve: () => Promise<Result>): Promise<Served> {
  try {
    return { result: await serve() };
  } catch (error) {
    return error instanceof ServiceError ? { result: outage(error) } : defect(error);
  }
}

function recordOf({ result, frames }: Served, { stack, endpoint: name }: EndpointDeps) {
  const { code, context } = result;
  const cause = causeOf(result);
  return { stack, endpoint: name, code, cause, context, ...(frames && { frames }) };
}

function outage({ dependency, causeName }: ServiceError): Refused {
  return refused('store_unavailable', { dependency, errorName: causeName });
}

function defect(error: unknown): Served {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error('not an Error');
  // The message stands before the frames, and a line of it may look like one.
  const afterMessage = stack.slice(stack.indexOf(message) + message.length);
  const frames = afterMessage.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    result: refused('internal_error', { errorName: name }),
    frames: frames.slice(0, 10).map((line) => line.trim()),
  };
}
