import { CREDENTIALS, REGION } from './environment.ts';

/** The part of a request's signature that the emulator reads: which service is meant. */
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/20260101/${REGION}/logs/aws4_request, SignedHeaders=host, Signature=none`;

interface LogGroups {
  readonly logGroups: readonly { readonly logGroupName: string }[];
}

interface LogEvents {
  readonly events: readonly { readonly message: string }[];
  readonly nextToken?: string;
}

/**
 * The names of all log groups.
 *
 * Asked for by hand, because the SDK's client would be one more package for two calls; the emulator
 * checks no signature.
 */
export async function logGroupNames(endpoint: string): Promise<readonly string[]> {
  const { logGroups } = await logs<LogGroups>(endpoint, 'DescribeLogGroups', {});
  return logGroups.map(({ logGroupName }) => logGroupName);
}

/** Every line that the functions have written, as CloudWatch Logs keeps them. */
export async function readLogs(endpoint: string): Promise<readonly string[]> {
  const groups = (await logGroupNames(endpoint)).map((name) => readGroup(endpoint, name));
  return (await Promise.all(groups)).flat();
}

async function readGroup(endpoint: string, logGroupName: string): Promise<string[]> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = { logGroupName, ...(nextToken !== undefined && { nextToken }) };
    const answer = await logs<LogEvents>(endpoint, 'FilterLogEvents', page);
    lines.push(...answer.events.map(({ message }) => message));
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
  return lines;
}

/** The answer is the emulator's, whose shape is CloudWatch's. */
async function logs<Answer>(endpoint: string, action: string, input: object): Promise<Answer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: AUTHORIZATION,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Logs_20140328.${action}`,
    },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${action} was answered with ${response.status}.`);
  return (await response.json()) as Answer;
}
