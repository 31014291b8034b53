import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { type ActivateDeps, beginActivation } from '../activation/begin.ts';
import { type Clock, type ConnectionKey, ServiceError } from '../activation/ports.ts';
import { causeOf, outage, type Result, refused } from '../activation/result.ts';
import type { Branding } from '../pages/branding.ts';
import type { OfferedLanguages } from '../pages/known-languages.ts';
import type { MissingPart } from '../pages/write-answer.ts';
import { wellFormed } from '../pim/malformed.ts';
import { PimUrl } from '../pim/pim-url.ts';
import {
  keepWarmFailedLine,
  missingPartLine,
  type OutcomeRecord,
  outcomeLine,
} from '../telemetry/log.ts';
import { type HttpRequest, type KEEP_WARM_EVENT, readRequest } from './request.ts';
import { type HttpResponse, writeResponse } from './response.ts';

/** A Lambda function behind an HTTP API; two arguments, as Node 24 allows no others. */
export type Handler<Event = APIGatewayProxyEventV2> = (
  event: Event,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
) => Promise<HttpResponse>;

/** The same, which its schedule invokes as well. */
export type KeptWarm = Handler<APIGatewayProxyEventV2 | typeof KEEP_WARM_EVENT>;

/** What an endpoint tells of its requests, and how. */
export interface EndpointDeps {
  /** Which one, a dimension of the metrics. */
  readonly endpoint: OutcomeRecord['endpoint'];
  /** Name of the stack, a dimension of the metrics. */
  readonly stack: string;
  readonly now: Clock;
  /** Takes one line of the log, without its line end. */
  readonly log: (line: string) => void;
  /** Which languages pages may be in. @default all, English first */
  readonly languages?: OfferedLanguages | undefined;
  /** What the pages show of the App. @default what the stack has written beside the bundle */
  readonly branding?: Branding | undefined;
  /** Opens the connections that a request needs, by calls that write nothing. */
  readonly keepWarm: () => Promise<unknown>;
}

/** What an endpoint does with a request, given the milliseconds that the function may still run. */
export type Serve = (request: HttpRequest, remainingMs: number) => Promise<Result>;

/** What both endpoints are given of it. */
export type SharedEndpointDeps = Omit<EndpointDeps, 'endpoint' | 'keepWarm'>;

/** `GET /activate?pim_url=…`, the App's activation URL. */
export function activateEndpoint(deps: ActivateDeps & SharedEndpointDeps): KeptWarm {
  return endpoint((request) => beginActivation(request, deps), {
    ...deps,
    endpoint: 'activate',
    keepWarm: () => deps.pims.find(nobody().pim),
  });
}

/**
 * A connection that nobody has, to make the calls with that keep a function warm.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6761#section-6.4 RFC 6761}, by which no host is called so
 */
export function nobody(): ConnectionKey {
  const policy = { dangerouslyAllowHttpOnLoopback: false };
  return {
    pim: wellFormed(PimUrl.parse('https://keep-warm.invalid', policy)),
    clientId: 'keep-warm',
  };
}

/**
 * Wraps an endpoint's core into a handler: event in, one line of log, response out. This is the one place
 * where an exception becomes an answer; its message reaches neither the browser nor the log.
 *
 * The event that keeps the function warm is no request: it has no outcome and no line. What its calls throw is an error
 * of the function, so an alarm goes off although nobody came.
 */
export function endpoint(serve: Serve, deps: EndpointDeps): KeptWarm {
  let coldStart = true;
  return async (event, context) => {
    if ('keepWarm' in event) {
      const rounds = coldStart ? COLD_ROUNDS : 1;
      coldStart = false;
      for (let round = 0; round < rounds; round += 1) await keepWarm(deps);
      return { statusCode: 204 };
    }
    const startedAt = deps.now();
    const request = readRequest(event);
    const served = await serveSafely(async () =>
      PATH_ENDS[deps.endpoint].test(request.callbackId ?? '')
        ? serve(request, context.getRemainingTimeInMillis())
        : refused('path_unknown'),
    );
    const durationMs = deps.now() - startedAt;
    const { requestId } = request;
    const ids = { requestId, invocationId: context.awsRequestId };
    deps.log(outcomeLine({ ...recordOf(served, deps), ...ids, coldStart, startedAt, durationMs }));
    coldStart = false;
    const { languages, branding } = deps;
    const report = ({ part, language, error }: MissingPart): void =>
      deps.log(
        missingPartLine(
          { ...deps, ...ids },
          { part, language, ...nameAndFrames(error) },
          deps.now(),
        ),
      );
    return writeResponse(served.result, { ...request, languages, branding, report });
  };
}

/** Code is compiled as it is used, so the event that starts a function lets it make its calls more than once. */
export const COLD_ROUNDS = 6;

async function keepWarm(deps: EndpointDeps): Promise<void> {
  try {
    await deps.keepWarm();
  } catch (error) {
    deps.log(keepWarmFailedLine(deps, contextOf(error), deps.now()));
    throw error;
  }
}

/** What may stand behind the path of an endpoint: nothing, or the id of one PIM. */
const PATH_ENDS = { activate: /^$/, callback: /^[^/]*$/, login: /^$/ };

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

/** What may be told of an error. */
function contextOf(error: unknown) {
  if (!(error instanceof ServiceError)) return {};
  return { dependency: error.dependency, errorName: error.causeName };
}

function defect(error: unknown): Served {
  const { errorName, frames } = nameAndFrames(error);
  return { result: refused('internal_error', { errorName }), frames };
}

/** What the log may hold of an error that nobody expected: its name, and where it happened. */
function nameAndFrames(error: unknown) {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error('not an Error');
  // The message stands before the frames, and a line of it may look like one.
  const afterMessage = stack.slice(stack.indexOf(message) + message.length);
  const frames = afterMessage.split('\n').filter((line) => /^\s+at /.test(line));
  return { errorName: name, frames: frames.slice(0, 10).map((line) => line.trim()) };
}
