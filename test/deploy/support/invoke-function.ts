import { CREDENTIALS, REGION } from './environment.ts';

/** The part of a request's signature that the emulator reads. */
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/20260101/${REGION}/lambda/aws4_request, SignedHeaders=host, Signature=none`;

/**
 * Invokes a function and waits for its answer. By hand, because the SDK's client would be one more
 * package for one call; the emulator checks no signature.
 *
 * @throws {Error} with the function's own when it fails.
 */
export async function invokeFunction(
  endpoint: string,
  name: string,
  event: object,
): Promise<unknown> {
  const response = await fetch(`${endpoint}/2015-03-31/functions/${name}/invocations`, {
    method: 'POST',
    headers: { authorization: AUTHORIZATION },
    body: JSON.stringify(event),
  });
  const answer = await response.text();
  if (!response.ok || response.headers.has('x-amz-function-error'))
    throw new Error(`${name} answered ${response.status}: ${answer}`);
  return JSON.parse(answer);
}
