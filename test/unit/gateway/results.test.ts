import { describe, expect, it } from 'vitest';
import { createGateway } from '../../../local/gateway/gateway.ts';
import { listen } from '../../support/http-server.ts';
import { type RawResponse, rawRequest } from '../../support/raw-request.ts';

const INTERNAL_ERROR = '{"message":"Internal Server Error"}';

/** The answer to a request whose handler returns the result. */
async function answerTo(result: unknown): Promise<RawResponse> {
  const gateway = createGateway({ 'GET /activate': async () => result });
  return rawRequest(await listen(gateway), '/activate');
}

describe('the local gateway', () => {
  // It answered an empty 200 without a content type.
  it.each([
    [{ hello: 1 }, '{"hello":1}'],
    [['a'], '["a"]'],
    ['text', 'text'],
  ])('answers a result without a status code as a 200 with JSON: %j', async (result, body) => {
    const answer = await answerTo(result);
    expect(answer).toMatchObject({ status: 200, body });
    expect(answer.headers['content-type']).toBe('application/json');
  });

  // It dropped the connection.
  it.each([
    ['nothing', undefined],
    ['a header value that cannot be sent', { statusCode: 200, headers: { a: 'b', x: 'a\r\nb' } }],
    ['a header name that cannot be sent', { statusCode: 200, headers: { a: 'b', 'x y': '1' } }],
    ['a status code that is none', { statusCode: 1, headers: { a: 'b' }, cookies: ['c=1'] }],
    ['a body that is no text', { statusCode: 200, headers: { a: 'b' }, body: { secret: 1 } }],
  ])('answers a result with %s by a 500 without details', async (_what, result) => {
    const answer = await answerTo(result);
    expect(answer).toMatchObject({ status: 500, body: INTERNAL_ERROR });
    expect(answer.headers).not.toHaveProperty('a');
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });
});
