import { CREDENTIALS, REGION } from './environment.ts';

/** An action of a service that speaks JSON. */
export interface AwsAction {
  /** As the signature names it: `logs`, `events`, `sqs`. */
  readonly service: string;
  /** `<version of the API>.<action>`, as the protocol names it. */
  readonly target: string;
}

/**
 * Calls the emulator by hand, because the SDK's client would be one more package for a call or two.
 *
 * The answer is the emulator's, whose shape is AWS's.
 *
 * @throws {Error} with the emulator's words when it refuses.
 */
export async function awsCall<Answer>(
  endpoint: string,
  { service, target }: AwsAction,
  input: object,
): Promise<Answer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: authorization(service),
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
    },
    body: JSON.stringify(input),
  });
  if (!response.ok)
    throw new Error(`${target} was answered with ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** The part of a request's signature that the emulator reads, which service is meant; it checks none. */
export function authorization(service: string): string {
  return `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=none`;
}
