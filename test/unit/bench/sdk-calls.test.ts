import { afterEach, expect, it, vi } from 'vitest';
import type { Handler } from '../../../functions/http/endpoint.ts';
import { activateEvent, callbackEvent } from '../../bench/events.ts';
import { lambdaEnvironment } from '../../bench/fixture.ts';
import type { Received, TestServer } from '../../support/http-server.ts';
import { activateOn, awsAndPim, callbackOn, requestsOf } from './support/endpoints.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The module makes its clients when it is loaded, so it can be loaded for one server only. */
function loadSdkCalls({
  url,
}: TestServer): Promise<typeof import('../../bench/warm/sdk-calls.ts')> {
  const { AWS_LAMBDA_FUNCTION_NAME: _, ...environment } = lambdaEnvironment(url);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return import('../../bench/warm/sdk-calls.ts');
}

/** Attributes, expressions and names of a call, without what differs from one call to the next. */
function shapeOf({ headers, body }: Received): unknown {
  const isValue = (key: string) => ['S', 'N', 'B', 'Plaintext'].includes(key);
  const input: unknown = JSON.parse(body, (key, value: unknown) => (isValue(key) ? key : value));
  return { target: headers['x-amz-target'], input };
}

function awsCalls(requests: readonly Received[]): unknown[] {
  return requests.filter(({ headers }) => headers['x-amz-target']).map(shapeOf);
}

/** What a handler calls when it answers an event for the second time. */
async function warmCalls(aws: TestServer, handler: Handler, event: string): Promise<unknown[]> {
  await requestsOf(aws, handler, event);
  return awsCalls(await requestsOf(aws, handler, event));
}

// The copies fell behind the stores, so that the handlers' own processor time held what the stores had come to send.
it('the SDK calls alone that the bench measures are those of the warm handlers', async () => {
  const aws = await awsAndPim();
  const activation = await warmCalls(aws, activateOn(aws), activateEvent(aws.url));
  const callback = await warmCalls(aws, callbackOn(aws), callbackEvent('connect'));
  const sdkCalls = await loadSdkCalls(aws);
  await sdkCalls.activate();
  expect(awsCalls(aws.received.slice(-activation.length))).toEqual(activation);
  await sdkCalls.callback();
  expect(awsCalls(aws.received.slice(-callback.length))).toEqual(callback);
});
