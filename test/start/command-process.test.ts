import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { httpServer } from '../support/http-server.ts';
import { testAws } from '../unit/cli/support/aws.ts';
import { connect } from '../unit/cli/support/connections.ts';

const SYSTEM_INFORMATION = '{"version":"master","edition":"CE"}';

/** Starts `npm run app` with `--json`, as a process of its own. */
function start(...argv: string[]) {
  const node = ['--import', 'tsx', 'cli/main.ts', ...argv, '--json'];
  return spawn(process.execPath, node, { env: process.env });
}

/** What it wrote, and its exit status, once it has ended. */
async function endOf(child: ReturnType<typeof start>) {
  const [stdout, stderr, [exit]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exit, stdout, stderr };
}

describe('the process of a command', () => {
  it('ends with the exit status, one error and no stack trace', async () => {
    const { exit, stdout, stderr } = await endOf(start('pims', 'lst'));
    expect(exit).toBe(2);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toMatchObject({ error: { kind: 'usage' } });
  });

  it('takes a real Ctrl-C in the middle of a check', async () => {
    const aws = await testAws({ Stage: 'development' });
    const { url } = await httpServer((response, _request, index) => {
      // A signal may arrive after the answer, but not after the time-out of a second one that never comes.
      if (index > 0) return;
      child.kill('SIGINT');
      response.end(SYSTEM_INFORMATION);
    });
    await connect(aws, { pim: url, clientId: 'a' });
    await connect(aws, { pim: url, clientId: 'b' });
    const child = start('connections', 'check');
    const { exit, stdout, stderr } = await endOf(child);
    expect(exit).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ byHealth: { connected: 1 } });
    expect(JSON.parse(stderr)).toMatchObject({ error: { kind: 'cancelled' } });
  });
});
