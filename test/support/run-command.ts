import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** A command that has ended, well or not. */
export interface Finished {
  /** `null` when a signal ended it. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command runs. */
export interface RunOptions {
  /** @default the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** @default the folder of this process */
  readonly cwd?: string;
  /** After which the command is killed. @default five minutes */
  readonly timeoutMs?: number;
}

const FIVE_MINUTES = 300_000;

/**
 * Runs a command to its end, with nobody at its terminal. Never in a blocking way: the simulated PIM
 * lives in the process that waits, and the command may call it.
 *
 * @throws {Error} when the command cannot be started.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { timeoutMs = FIVE_MINUTES, ...options }: RunOptions = {},
): Promise<Finished> {
  const child = spawn(command, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [exit, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { exit, stdout, stderr };
}

/**
 * Runs a command that has to succeed.
 *
 * @throws {Error} with all that it printed when it does not.
 */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const finished = await runCommand(command, args, options);
  if (finished.exit === 0) return finished;
  const { exit, stdout, stderr } = finished;
  throw new Error(`${command} ${args.join(' ')} ended with ${exit}:\n${stdout}${stderr}`);
}
