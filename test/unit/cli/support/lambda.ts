import { serve } from './http-server.ts';

/** The settings of an account, over Lambda's own protocol (REST and JSON). */
export interface FakeLambda {
  readonly endpoint: string;
  /** How many functions run at once; absent if nobody may ask. */
  concurrency: number | undefined;
}

/** Starts one, until the test ends. */
export async function fakeLambda(): Promise<FakeLambda> {
  const { port } = await serve((_request, response) => {
    const { concurrency } = fake;
    response.setHeader('content-type', 'application/json');
    if (concurrency === undefined) {
      response.setHeader('x-amzn-errortype', 'AccessDeniedException');
      response.statusCode = 403;
    }
    const AccountLimit = { ConcurrentExecutions: concurrency };
    response.end(JSON.stringify(concurrency === undefined ? DENIED : { AccountLimit }));
  });
  const fake: FakeLambda = { endpoint: `http://127.0.0.1:${port}`, concurrency: 1_000 };
  return fake;
}

const DENIED = {
  Message: 'User is not authorized to perform: lambda:GetAccountSettings on resource: *',
};
