import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** One life of a runtime: ready when it asks for the first event, done when it has answered it. */
export interface Invocation {
  readonly readyAt: number;
  readonly answeredAt: number;
  readonly response: { readonly statusCode: number };
}

export interface RuntimeApi {
  /** `host:port`, as `AWS_LAMBDA_RUNTIME_API` wants it. */
  readonly address: string;
  /** What the runtime did with the event; times are of `performance.now()` here. */
  readonly invocation: Promise<Invocation>;
  close(): void;
}

/**
 * The side of Lambda that a runtime talks to, for one runtime and one event.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html Lambda runtime API}
 */
export async function startRuntimeApi(event: string): Promise<RuntimeApi> {
  const { promise, resolve, reject } = withResolvers<Invocation>();
  let readyAt = 0;
  const server = createServer((request, response) => {
    if (!request.url?.endsWith('/next')) {
      void takeAnswer(request, response, readyAt).then(resolve, reject);
    } else if (readyAt === 0) {
      readyAt = performance.now();
      giveEvent(event, response);
    }
    // Asked again, it keeps the connection open, as Lambda does while there is no event.
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: addressOf(server), invocation: promise, close };
}

function giveEvent(event: string, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': 'invocation-1',
    'lambda-runtime-deadline-ms': String(Date.now() + 20_000),
    'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-1:111122223333:function:bench',
  });
  response.end(event);
}

/** @throws {Error} with what the runtime reports instead of a response. */
async function takeAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  readyAt: number,
): Promise<Invocation> {
  const body = await readBody(request);
  const answeredAt = performance.now();
  response.writeHead(202).end();
  if (!request.url?.endsWith('/response')) throw new Error(body);
  return { readyAt, answeredAt, response: JSON.parse(body) as Invocation['response'] };
}

interface Resolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/** `Promise.withResolvers`, which the development's Node does not have. */
function withResolvers<T>(): Resolvers<T> {
  const later: { resolve?: Resolvers<T>['resolve']; reject?: Resolvers<T>['reject'] } = {};
  const promise = new Promise<T>((resolve, reject) => Object.assign(later, { resolve, reject }));
  return {
    promise,
    resolve: (value) => later.resolve?.(value),
    reject: (error) => later.reject?.(error),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString('utf8');
  return body;
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server');
  return `127.0.0.1:${address.port}`;
}
