import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { endpoint } from '../../../functions/http/endpoint.ts';

const CONTEXT = { awsRequestId: 'invocation', getRemainingTimeInMillis: () => 20_000 };

/** Only what the functions read of an event. */
const EVENT = {
  rawPath: '/callback',
  rawQueryString: '',
  headers: {},
  requestContext: { requestId: 'request' },
} as unknown as APIGatewayProxyEventV2;

/** What the log and the browser see of a request that ends in this error. */
async function seenOf(error: Error): Promise<string> {
  const lines: string[] = [];
  const handler = endpoint(() => Promise.reject(error), {
    endpoint: 'activate',
    stack: 'test',
    now: () => 0,
    log: (line) => lines.push(line),
    keepWarm: () => Promise.reject(error),
  });
  const response = await handler(EVENT, CONTEXT);
  expect(response.statusCode).toBe(500);
  expect(lines).toHaveLength(1);
  return `${lines.join()}${JSON.stringify(response)}`;
}

describe('an endpoint', () => {
  it.each([
    ['one line', 'quoted-secret'],
    ['several lines', 'first\nquoted-secret\nthird'],
    ['lines that look like frames', 'remote failure:\n    at quoted-secret (x.js:1:1)'],
  ])('shows nothing of the message of a defect that has %s', async (_case, message) => {
    const seen = await seenOf(new Error(message));
    expect(seen).not.toContain('quoted-secret');
    expect(seen).toContain('defects.test.ts');
  });

  it('shows nothing of the cause and the members of a defect', async () => {
    const cause = new Error('quoted-secret');
    const error = Object.assign(new Error('x', { cause }), { token: 'quoted-secret' });
    expect(await seenOf(error)).not.toContain('quoted-secret');
  });

  it('answers a defect that has lost its stack', async () => {
    const error = new Error('quoted-secret');
    Reflect.deleteProperty(error, 'stack');
    expect(await seenOf(error)).not.toContain('quoted-secret');
  });
});
