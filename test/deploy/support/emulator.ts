import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { closedPort } from '../../support/http-server.ts';
import { emulatorEnvironment } from './environment.ts';
import { node24Folder } from './node24.ts';
import { CACHE } from './project.ts';
import { pythonTool } from './python-tools.ts';

const LEASH = fileURLToPath(new URL('./leash.mjs', import.meta.url));
const LOCALHOST = fileURLToPath(new URL('./localhost-names.cjs', import.meta.url));
const LOGS = join(CACHE, 'deploy');
const START_MS = 60_000;

/** AWS on this machine: empty at the start, and nothing of it is kept. */
export interface Emulator {
  /** `http://localhost:<port>`, every service of it. */
  readonly endpoint: string;
  /** For whatever belongs to it; goes with it. */
  readonly folder: string;
  /** For commands that shall talk to it, and to nothing else. */
  readonly environment: NodeJS.ProcessEnv;
  /** Ends it, with every function that runs in it. */
  close(): Promise<void>;
}

/**
 * Starts the emulator on a free port, with functions on Lambda's version of Node.
 *
 * It is on a leash: when the process that called this ends, however it ends, so does the emulator.
 *
 * @param name of its log below `.cache/deploy`, which stays for whoever looks into a failure.
 * @throws {Error} with the end of that log when it does not start within a minute.
 * @see {@link https://pypi.org/project/ministack/ MiniStack}
 */
export async function startEmulator(name: string): Promise<Emulator> {
  const endpoint = await closedPort().then((url) => url.replace('127.0.0.1', 'localhost'));
  const logFile = join(LOGS, `${name}.log`);
  const ministack = pythonTool('ministack');
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  const leash = startOnLeash([folder, ministack], endpoint, logFile);
  await untilReady(endpoint, leash).catch((cause: unknown) => {
    leash.stdin?.end();
    const end = readFileSync(logFile, 'utf8').slice(-2_000);
    throw new Error(`The emulator did not start:\n${end}`, { cause });
  });
  const environment = emulatorEnvironment(endpoint);
  return { endpoint, folder, environment, close: () => close(leash) };
}

function startOnLeash(
  [folder, ministack]: readonly [string, string],
  endpoint: string,
  logFile: string,
): ChildProcess {
  mkdirSync(LOGS, { recursive: true });
  const log = openSync(logFile, 'w');
  return spawn(process.execPath, [LEASH, folder, ministack], {
    stdio: ['pipe', log, log],
    env: {
      ...emulatorEnvironment(endpoint),
      PATH: [node24Folder(), process.env['PATH']].join(delimiter),
      GATEWAY_PORT: new URL(endpoint).port,
      BIND_HOST: '127.0.0.1',
      STATE_DIR: folder,
      TMPDIR: folder,
      // For the functions, of which one is at an address of the emulator that another one asks.
      NODE_OPTIONS: `--require ${LOCALHOST}`,
    },
  });
}

async function untilReady(endpoint: string, leash: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    if (leash.exitCode !== null) throw new Error('it ended');
    if (await answers(`${endpoint}/_ministack/health`)) return;
    if (Date.now() > deadline) throw new Error('it does not answer');
    await pause(100);
  }
}

/** Whether anybody answers there. */
export async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function close(leash: ChildProcess): Promise<void> {
  if (leash.exitCode !== null) return;
  const ended = once(leash, 'exit');
  leash.stdin?.end();
  await ended;
}
