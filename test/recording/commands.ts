import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { maskEach } from './mask.ts';
import { commandEnvironment, type Finished, PROJECT, runScript, scriptOf } from './product.ts';

/** Texts by the name of the file that they go into. */
export type Files = ReadonlyMap<string, string>;

/** Scripts that have a help; commands of the first are followed. */
const SCRIPTS = ['app', 'start', 'demo', 'bench'];

/** Command lines that end before they have done anything. */
const WRONG_USAGE: readonly (readonly [script: string, ...args: readonly string[]])[] = [
  ['app'],
  ['app', '--version'],
  ['app', 'nonsense'],
  ['app', '--json', 'nonsense'],
  ['app', 'pims'],
  ['app', 'pims', 'lst'],
  ['app', 'pims', 'add'],
  ['app', 'pims', 'add', 'http://pim.example.com'],
  ['app', 'connections', 'forget'],
  ['app', 'doctor', '--nonsense'],
  ['start', '--port', 'x'],
  ['start', '--pim', 'https://pim.example.com'],
  ['start', '--nonsense'],
  ['demo', '--nonsense'],
  ['bench', '--nonsense'],
];

/** What is asked of the App that `npm start` runs. */
const OF_THE_APP: readonly (readonly [method: string, path: string])[] = [
  ...['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'].flatMap((method) =>
    ['/activate?pim_url={pim}', '/callback?state=x'].map((path) => [method, path] as const),
  ),
  ...['/', '/unknown', '/activate/', '/ACTIVATE', '//activate', '/activate', '/favicon.ico'].map(
    (path) => ['GET', path] as const,
  ),
  ['GET', '/activate?pim_url=https://pim.example.com&pim_url=x'],
  ['GET', '/activate?pim_url=https://pim.example.com'],
  ['GET', '/callback'],
  ['GET', '/callback?flow=x'],
];

/** What is asked of the simulated PIM beside it. */
const OF_THE_PIM: readonly (readonly [method: string, path: string])[] = [
  ['GET', '/'],
  ['HEAD', '/'],
  ['GET', '/unknown'],
  ['GET', '/user/login'],
  ['GET', '/assets/app.js'],
  ['GET', '/assets/pim.css'],
  ['GET', '/assets/unknown.js'],
  ['GET', '/connect/apps/v1/authorize'],
  ['POST', '/connect/apps/v1/oauth2/token'],
  ['GET', '/connect/apps/v1/oauth2/token'],
  ['POST', '/connect/apps/v1/scopes/update'],
  ['GET', '/connect/apps/v1/openid/public-key'],
  ['GET', '/api/rest/v1'],
  ['GET', '/api/rest/v1/system-information'],
  ['GET', '/rest/simulator/state'],
];

/** The help of every command, and what wrong usage is told. */
export async function recordHelp(): Promise<Files> {
  const files = new Map<string, string>();
  for (const script of SCRIPTS) await follow(script, [], files);
  for (const [script, ...args] of WRONG_USAGE) {
    const finished = await runScript(script, args);
    files.set(`usage/${fileName([script, ...args])}.txt`, maskTimes(written(finished)));
  }
  files.set('usage/demo.txt', maskLocal(written(await runScript('demo', ['--json']))));
  return files;
}

/** The help of a command, then of those that it names. */
async function follow(
  script: string,
  path: readonly string[],
  files: Map<string, string>,
): Promise<void> {
  const finished = await runScript(script, [...path, '--help']);
  files.set(`help/${fileName([script, ...path])}.txt`, written(finished));
  for (const command of commandsIn(finished.stdout))
    await follow(script, [...path, command], files);
}

function commandsIn(help: string): readonly string[] {
  const [, list = ''] = /^Commands:\n((?: {2}.*\n?)*)/m.exec(help) ?? [];
  const names = [...list.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name = '']) => name);
  return names.filter((name) => name !== 'help');
}

/** Answers of `npm start`: of the gateway and of the simulated PIM, and what it tells at the terminal. */
export async function recordStart(): Promise<{ text: string; requests: number }> {
  const app = spawn('sh', ['-c', `${scriptOf('start')} "$@"`, 'start', '--port', '0', '--json'], {
    cwd: PROJECT,
    env: commandEnvironment(),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = text(app.stderr);
  try {
    const [line = ''] = (await once(createInterface({ input: app.stdout }), 'line')) as string[];
    const { activateUrl, pimUrl } = JSON.parse(line) as Readonly<Record<string, string>>;
    const answers = [
      ...(await askAll(OF_THE_APP, activateUrl ?? '', pimUrl ?? '')),
      ...(await askAll(OF_THE_PIM, pimUrl ?? '', pimUrl ?? '')),
    ];
    await stop(app);
    const record = { ready: JSON.parse(line) as unknown, answers, told: (await told).split('\n') };
    const masked = maskLocal(`${JSON.stringify(record, undefined, 2)}\n`, portsIn(line));
    return { text: masked, requests: answers.length };
  } finally {
    if (app.exitCode === null && app.pid !== undefined) process.kill(-app.pid, 'SIGKILL');
  }
}

async function stop(app: ChildProcess): Promise<void> {
  const exit = once(app, 'exit');
  if (app.pid !== undefined) process.kill(-app.pid, 'SIGTERM');
  await exit;
}

async function askAll(
  asked: readonly (readonly [string, string])[],
  base: string,
  pim: string,
): Promise<readonly object[]> {
  const answers: object[] = [];
  for (const [method, path] of asked)
    answers.push(await ask(new URL(base), method, path.replace('{pim}', encodeURIComponent(pim))));
  return answers;
}

/** Not by `fetch`, which tidies paths up and follows redirects. */
async function ask({ hostname, port }: URL, method: string, path: string): Promise<object> {
  const sent = request({ hostname, port, method, path, agent: false }).end();
  const [answer] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  const { date: _, ...headers } = answer.headers;
  const body = (await text(answer)).split('\n');
  return { asked: `${method} ${path}`, status: answer.statusCode, headers, body };
}

function written({ exit, stdout, stderr }: Finished): string {
  return `${stdout}--- standard error\n${stderr}--- exit status ${exit}\n`;
}

function fileName(words: readonly string[]): string {
  return words.join(' ').replace(/[^\w-]+/g, '_');
}

function maskTimes(output: string): string {
  return output.replaceAll(/\d+ ms/g, '<time>').replaceAll(/\d\d:\d\d:\d\d/g, '<time>');
}

/** Matches nothing. */
const NONE = /(?!)/g;

function portsIn(ready: string): RegExp {
  const ports = [...ready.matchAll(/(?<=:)\d{4,5}/g)].map(String);
  return new RegExp(ports.join('|'), 'g');
}

/** Of a process whose random values nobody knows: whatever looks like one. */
function maskLocal(output: string, ports = NONE): string {
  const patterns: readonly (readonly [RegExp, string])[] = [
    [/-----BEGIN[\s\S]*?-----END[^-]*-----/g, 'certificate'],
    [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid'],
    [/(?<![\w/+-])[\w-]{43,}(?![\w/+=-])/g, 'random'],
    [/\b[0-9a-f]{12,}\b/g, 'hex'],
    [ports, 'port'],
  ];
  return patterns.reduce(
    (masked, [pattern, name]) => maskEach(masked, pattern, name),
    maskTimes(output),
  );
}
