import { serve } from './http-server.ts';

/** The settings of an account and its functions, over Lambda's own protocol (REST and JSON). */
export interface FakeLambda {
  readonly endpoint: string;
  /** How many functions run at once; absent if nobody may ask. */
  concurrency: number | undefined;
  /** What an invocation of any function does. */
  invoked: () => Promise<unknown>;
}

/** Starts one, until the test ends. */
export async function fakeLambda(): Promise<FakeLambda> {
  const { port } = await serve((request, response) => {
    if (request.url?.includes('/invocations'))
      return void fake.invoked().then(() => response.writeHead(202).end());
    const { concurrency } = fake;
    response.setHeader('content-type', 'application/json');
    if (concurrency === undefined) {
      response.setHeader('x-amzn-errortype', 'AccessDeniedException');
      response.statusCode = 403;
    }
    const AccountLimit = { ConcurrentExecutions: concurrency };
    response.end(JSON.stringify(concurrency === undefined ? DENIED : { AccountLimit }));
  });
  const fake: FakeLambda = {
    endpoint: `http://127.0.0.1:${port}`,
    concurrency: 1_000,
    invoked: async () => undefined,
  };
  return fake;
}

const DENIED = {
  Message: 'User is not authorized to perform: lambda:GetAccountSettings on resource: *',
};
