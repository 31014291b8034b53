import { expect, it } from 'vitest';
import { readEnvFile } from '../../local/env-file.ts';
import { runCommand } from '../support/run-command.ts';
import { connectedLocalApp } from '../unit/reader/support/local-app.ts';

it('the first back end of docs/back-ends.md runs as pasted beside the local App', async () => {
  const { dataFolder, pim } = await connectedLocalApp();
  const env = { ...process.env, ...readEnvFile(dataFolder) };
  const program = ['--import', 'tsx', 'docs/examples/back-end.ts'];
  const { stdout, stderr } = await runCommand(process.execPath, program, { env });
  expect(stdout, stderr).toBe(`${JSON.stringify({ [pim.url]: 3 })}\n`);
});
