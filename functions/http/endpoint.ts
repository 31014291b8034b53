import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { Outage } from '../activation/outage.ts';
import type { Clock } from '../activation/ports.ts';
import { type Refused, refused } from '../activation/result.ts';
import { type OutcomeRecord, outcomeLine } from '../telemetry/outcome-line.ts';
import { type Request, readRequest } from './request.ts';
import { type Response, type Result, writeResponse } from './response.ts';

/** A Lambda function behind an HTTP API; two arguments, as Node 24 allows no others. */
export type Handler = (
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
) => Promise<Response>;

export interface EndpointDeps {
  readonly endpoint: OutcomeRecord['endpoint'];
  /** Name of the stack, a dimension of the metrics. */
  readonly stack: string;
  readonly now: Clock;
  /** Takes one line of the log, without its line end. */
  readonly log: (line: string) => void;
}

/** What an endpoint does with a request, given the milliseconds that the function may still run. */
export type Serve = (request: Request, remainingMs: number) => Promise<Result>;

/**
 * Wraps an endpoint's core into a handler: event in, one line of log, response out. This is the one place
 * where an exception becomes an answer; its message reaches neither the browser nor the log.
 */
export function endpoint(serve: Serve, deps: EndpointDeps): Handler {
  let coldStart = true;
  return async (event, context) => {
    const startedAt = deps.now();
    const request = readRequest(event);
    const { result, frames } = await outcome(() =>
      serve(request, context.getRemainingTimeInMillis()),
    );
    const line = outcomeLine({
      stack: deps.stack,
      endpoint: deps.endpoint,
      code: result.code,
      facts: result.facts,
      requestId: request.requestId,
      invocationId: context.awsRequestId,
      coldStart,
      startedAt,
      durationMs: deps.now() - startedAt,
      ...(frames && { frames }),
    });
    coldStart = false;
    deps.log(line);
    return writeResponse(result, request);
  };
}

interface Outcome {
  readonly result: Result;
  readonly frames?: readonly string[];
}

async function outcome(serve: () => Promise<Result>): Promise<Outcome> {
  try {
    return { result: await serve() };
  } catch (error) {
    return error instanceof Outage ? { result: outage(error) } : defect(error);
  }
}

function outage({ dependency, causeName }: Outage): Refused {
  return refused('store_unavailable', { dependency, errorName: causeName });
}

function defect(error: unknown): Outcome {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error('not an Error');
  // The message stands before the frames, and a line of it may look like one.
  const afterMessage = stack.slice(stack.indexOf(message) + message.length);
  const frames = afterMessage.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    result: refused('internal_error', { errorName: name }),
    frames: frames.slice(0, 10).map((line) => line.trim()),
  };
}
