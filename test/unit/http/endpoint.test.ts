import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../functions/activation/ports.ts';
import { refused } from '../../../functions/activation/result.ts';
import { COLD_ROUNDS, endpoint, type Serve } from '../../../functions/http/endpoint.ts';
import { KEEP_WARM_EVENT } from '../../../functions/http/request.ts';

const EVENT = {
  rawPath: '/callback',
  rawQueryString: '',
  headers: {},
  requestContext: { requestId: 'request-7' },
} as unknown as APIGatewayProxyEventV2;
const CONTEXT = { awsRequestId: 'invocation-9', getRemainingTimeInMillis: () => 20_000 };

/** Runs a handler as often as there are results, and gives the answers and what was logged. */
async function run(...serves: Serve[]) {
  const { handler, lines } = endpointOf(serves);
  const answers = [];
  for (const _ of serves) answers.push(await handler(EVENT, CONTEXT));
  return { answers, log: lines.map((line) => JSON.parse(line) as Record<string, unknown>), lines };
}

/** An endpoint with one result for each request, and where it logs. */
function endpointOf(
  serves: readonly Serve[],
  keepWarm: () => Promise<unknown> = async () => {},
  name: 'activate' | 'callback' = 'callback',
) {
  const lines: string[] = [];
  let next = 0;
  const handler = endpoint(
    (request, remainingMs) =>
      serves[next++]?.(request, remainingMs) ?? Promise.reject(new Error('no more')),
    {
      endpoint: name,
      stack: 'Test',
      now: () => Date.parse('2026-03-01T12:00:00Z'),
      log: (line) => lines.push(line),
      keepWarm,
    },
  );
  return { handler, lines };
}

describe('an endpoint', () => {
  it('answers an outage with 503 and names the service in the log', async () => {
    const { answers, log } = await run(() =>
      Promise.reject(new ServiceError('kms', new RangeError('quoted secret'))),
    );

    expect(answers[0]?.statusCode).toBe(503);
    expect(log[0]).toMatchObject({
      message: 'store_unavailable',
      dependency: 'kms',
      errorName: 'RangeError',
    });
    expect(JSON.stringify({ answers, log })).not.toContain('quoted secret');
  });

  it('answers a defect with 500, logs where it happened, and never what its message says', async () => {
    const { answers, log } = await run(() => Promise.reject(new TypeError('quoted secret')));

    expect(answers[0]?.statusCode).toBe(500);
    expect(log[0]).toMatchObject({
      message: 'internal_error',
      level: 'ERROR',
      errorName: 'TypeError',
    });
    expect(log[0]?.['frames']).toContainEqual(expect.stringMatching(/^at .*endpoint\.test\.ts/));
    expect(JSON.stringify({ answers, log })).not.toContain('quoted secret');
  });

  it.each([
    ['activate', 'x'],
    ['activate', 'x/'],
    ['callback', 'x/y'],
    ['callback', 'x//'],
  ] as const)('refuses what lies below /%s/%s, without serving it', async (name, rest) => {
    const { handler } = endpointOf([], undefined, name);
    const event = { ...EVENT, rawPath: `/${name}/${rest}`, pathParameters: { rest } };
    const { statusCode, body } = await handler(event, CONTEXT);
    expect(statusCode).toBe(404);
    expect(body).toContain('path_unknown');
  });

  it('answers even what was thrown without being an error', async () => {
    const { answers } = await run(() => Promise.reject('quoted secret'));
    expect(answers[0]?.statusCode).toBe(500);
  });

  it('writes one line for each request and calls the first one a cold start', async () => {
    const ok: Serve = () => Promise.resolve(refused('state_unknown'));
    const { log } = await run(ok, ok);

    expect(log.map(({ coldStart }) => coldStart)).toEqual([true, false]);
    expect(log[0]).toMatchObject({
      requestId: 'request-7',
      invocationId: 'invocation-9',
      Stack: 'Test',
    });
  });
});

describe('the event that keeps a function warm', () => {
  it('is no request: it has no line and no metric, and the next request is not cold', async () => {
    let calls = 0;
    const { handler, lines } = endpointOf([async () => refused('state_unknown')], async () => {
      calls += 1;
    });
    expect(await handler(KEEP_WARM_EVENT, CONTEXT)).toEqual({ statusCode: 204 });
    expect({ calls, lines }).toEqual({ calls: COLD_ROUNDS, lines: [] });
    await handler(KEEP_WARM_EVENT, CONTEXT);
    expect(calls).toBe(COLD_ROUNDS + 1);
    await handler(EVENT, CONTEXT);
    expect(JSON.parse(lines.join())).toMatchObject({ coldStart: false });
  });

  it('fails when a service does, and says which', async () => {
    const down = new ServiceError('kms', new RangeError('quoted secret'));
    const { handler, lines } = endpointOf([], () => Promise.reject(down));
    await expect(handler(KEEP_WARM_EVENT, CONTEXT)).rejects.toBe(down);
    expect(JSON.parse(lines.join())).toEqual({
      timestamp: '2026-03-01T12:00:00.000Z',
      level: 'ERROR',
      message: 'keep_warm_failed',
      Stack: 'Test',
      Endpoint: 'callback',
      dependency: 'kms',
      errorName: 'RangeError',
    });
  });
});
