import { awsCall } from './aws-call.ts';

interface LogGroups {
  readonly logGroups: readonly { readonly logGroupName: string }[];
}

interface LogEvents {
  readonly events: readonly { readonly message: string }[];
  readonly nextToken?: string;
}

/** The names of all log groups. */
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

function logs<Answer>(endpoint: string, action: string, input: object): Promise<Answer> {
  const target = `Logs_20140328.${action}`;
  return awsCall(endpoint, { service: 'logs', target }, input);
}
