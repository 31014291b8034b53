import { authorization } from './aws-call.ts';

/**
 * Invokes a function and waits for its answer.
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
    headers: { authorization: authorization('lambda') },
    body: JSON.stringify(event),
  });
  const answer = await response.text();
  if (!response.ok || response.headers.has('x-amz-function-error'))
    throw new Error(`${name} answered ${response.status}: ${answer}`);
  return JSON.parse(answer);
}

/**
 * The name of the deployed function whose name holds the given part.
 *
 * @throws {Error} unless there is exactly one.
 */
export async function functionName(endpoint: string, part: string): Promise<string> {
  const response = await fetch(`${endpoint}/2015-03-31/functions/`, {
    headers: { authorization: authorization('lambda') },
  });
  const { Functions } = (await response.json()) as { Functions: { FunctionName: string }[] };
  const names = Functions.map(({ FunctionName }) => FunctionName);
  const [name, ...others] = names.filter((one) => one.includes(part));
  if (name !== undefined && others.length === 0) return name;
  throw new Error(`There is not one function of ${part}: ${names.join(', ')}`);
}
