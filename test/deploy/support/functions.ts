import {
  type CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand, type LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';

/**
 * Invokes a function and waits for its answer.
 *
 * @throws {Error} with the function's own when it fails.
 */
export async function invokeFunction(
  client: LambdaClient,
  name: string,
  event: object,
): Promise<unknown> {
  const command = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) });
  const { FunctionError, Payload } = await client.send(command);
  const answer = Payload?.transformToString() ?? '';
  if (FunctionError !== undefined) throw new Error(`${name} failed (${FunctionError}): ${answer}`);
  return JSON.parse(answer);
}

/**
 * The name of the deployed function whose name holds the given part.
 *
 * @throws {Error} unless there is exactly one.
 */
export async function functionName(client: LambdaClient, part: string): Promise<string> {
  const names: string[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client }, {}))
    names.push(...Functions.flatMap(({ FunctionName }) => FunctionName ?? []));
  const [name, ...others] = names.filter((one) => one.includes(part));
  if (name !== undefined && others.length === 0) return name;
  throw new Error(`There is not one function of ${part}: ${names.join(', ')}`);
}

/** The names of all log groups. */
export async function logGroupNames(client: CloudWatchLogsClient): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {}))
    names.push(...logGroups.flatMap(({ logGroupName }) => logGroupName ?? []));
  return names;
}

/** Every line that the functions have written, as CloudWatch Logs keeps them. */
export async function readLogs(client: CloudWatchLogsClient): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const logGroupName of await logGroupNames(client))
    for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName }))
      lines.push(...events.flatMap(({ message }) => message ?? []));
  return lines;
}
