import { describe, expect, it } from 'vitest';
import { type Finished, runOrThrow } from '../support/run-command.ts';
import { testAws } from '../unit/cli/support/aws.ts';
import { type GeneratedAws, generatedAws } from './support/generated-aws.ts';

const ROWS = 100_000;

/** MiB of heap. Node, the SDK and the program that reads TypeScript take most of it; the rows would take twice as much. */
const HEAP = 64;

const INVOKE = `
  const { handler } = await import('./functions/handlers/health.ts');
  await handler({}, { awsRequestId: 'i-1', getRemainingTimeInMillis: () => 900_000 });
`;

/** Runs a program of ours in another process, with little memory and many rows. */
async function runWithManyRows(args: readonly string[]): Promise<Finished & GeneratedAws> {
  await testAws();
  const { url, calls } = await generatedAws(ROWS);
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_KMS: url,
    STACK_NAME: 'Stack',
    CONNECTIONS_TABLE: 'Connections',
    TOKEN_KEY_ID: 'key',
    DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK: 'true',
  };
  const options = [`--max-old-space-size=${HEAP}`, '--import', 'tsx', ...args];
  const finished = await runOrThrow(process.execPath, options, { env, timeoutMs: 1_200_000 });
  return { ...finished, url, calls };
}

describe('100,000 rows fit in little memory', () => {
  it('when a sweep checks them', async () => {
    const { calls } = await runWithManyRows(['--input-type=module', '--eval', INVOKE]);
    expect(calls['UpdateItem']).toBe(ROWS);
  });

  it.each(['connections', 'pims'])('when %s list prints them', async (rows) => {
    const table = await runWithManyRows(['cli/main.ts', rows, 'list']);
    expect(table.stdout.match(/\n/g)).toHaveLength(1 + ROWS);
    const json = await runWithManyRows(['cli/main.ts', rows, 'list', '--json']);
    expect(JSON.parse(json.stdout)).toHaveLength(ROWS);
  });
});
