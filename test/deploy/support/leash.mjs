/**
 * Runs a command for as long as somebody holds the other end of standard input. When that end closes,
 * however its holder went (done, failed, Ctrl-C, killed), the command ends with every process that it
 * started, and its folder goes.
 *
 * Arguments: the folder, in which the command runs; the command; its arguments.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const PATIENCE_MS = 10_000;

const [, , folder, command, ...args] = process.argv;
// A group of its own, so that all of it can be ended at once.
const child = spawn(command, args, {
  cwd: folder,
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: true,
});

function signal(name) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // Nobody of the group is left.
  }
}

function stop() {
  signal('SIGTERM');
  setTimeout(() => signal('SIGKILL'), PATIENCE_MS).unref();
}

process.stdin.resume().once('end', stop).once('error', stop);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);

child.once('exit', (code) => {
  signal('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code ?? 0);
});
