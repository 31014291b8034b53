import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Ready } from '../support/started-app.ts';

/** Starts the App through npm, as a developer does; its group of processes ends with the test. */
function npmStart(args: readonly string[]): ChildProcess {
  const npm = spawn('npm', ['start', '--silent', '--', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  onTestFinished(() => endGroup(npm.pid));
  return npm;
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function endNpm(npm: ChildProcess): void {
  npm.kill('SIGTERM');
}

/** As a terminal does: npm and the App get the signal, and npm sends it to the App again. */
function interruptGroup({ pid = 0 }: ChildProcess): void {
  process.kill(-pid, 'SIGINT');
}

/** The first line on standard output. */
async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new TypeError('npm has no standard output');
  const [line] = (await once(createInterface(stdout), 'line')) as [string];
  return line;
}

describe('npm start', () => {
  // npm's own lines came first on standard output, and its end left the App running with its ports.
  it.each([
    ['SIGTERM to npm alone', endNpm],
    ['Ctrl-C, of which npm repeats the signal', interruptGroup],
  ])(
    'prints nothing but the JSON with --silent, and ends everything at a %s',
    async (_signal, end) => {
      const npm = npmStart(['--port', '0', '--json']);
      const ready = JSON.parse(await firstLine(npm)) as Ready;
      const closed = once(npm, 'close');
      end(npm);
      await closed;
      const left = [ready.pimUrl, ready.activateUrl, ready.dynamodb.endpoint];
      for (const url of left) await expect(fetch(url)).rejects.toThrow(TypeError);
    },
  );
});
