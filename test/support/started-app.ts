import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type Finished, runCommand } from './run-command.ts';

/** What `npm start -- --json` prints when it is ready. */
export interface Ready {
  readonly activateUrl: string;
  readonly callbackUrl: string;
  /** Only if the App is told who opens it. */
  readonly loginUrl?: string;
  readonly pimUrl: string;
  readonly dynamodb: {
    readonly endpoint: string;
    readonly region: string;
    readonly tables: Readonly<Record<'pims' | 'flows' | 'connections', string>>;
  };
  readonly kms: { readonly endpoint: string; readonly keyId: string };
}

/** `npm start` as it runs for a developer: a process of its own. */
export interface StartedApp {
  readonly ready: Ready;
  /** Ctrl-C; resolves with what was printed when everything has stopped. */
  readonly interrupt: () => Promise<Finished>;
}

const START = ['--import', 'tsx', 'local/start.ts'];

/** Runs `npm start` with arguments that make it end by itself, without a terminal. */
export function runStart(args: readonly string[]): Promise<Finished> {
  return runCommand(process.execPath, [...START, ...args], {
    env: environment(),
    timeoutMs: 15_000,
  });
}

/** Runs `npm start -- --json` until the test ends; resolves when it says that it is ready. */
export async function startApp(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<StartedApp> {
  const child = spawn(process.execPath, [...START, '--json', ...args], {
    env: { ...environment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const output = createInterface(child.stdout).on('line', (line) => lines.push(line));
  const stderr = text(child.stderr);
  await Promise.race([once(output, 'line'), failedStart(child, stderr)]);
  return {
    ready: JSON.parse(lines[0] ?? '') as Ready,
    interrupt: async () => {
      const closed = once(child, 'close') as Promise<[number | null]>;
      child.kill('SIGINT');
      const [exit] = await closed;
      return { exit, stdout: lines.join('\n'), stderr: await stderr };
    },
  };
}

function environment(): NodeJS.ProcessEnv {
  const { AKENEO_CLIENT_SECRET: _, ...rest } = process.env;
  return rest;
}

async function failedStart(child: ChildProcess, stderr: Promise<string>): Promise<never> {
  const [exit] = (await once(child, 'close')) as [number | null];
  throw new Error(`npm start ended with ${exit}:\n${await stderr}`);
}
