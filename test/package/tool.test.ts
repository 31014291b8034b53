import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { BrowserSession, PimUser } from '../../simulator/user/index.ts';
import { TOOLS } from '../deploy/support/project.ts';
import { runCommand, runOrThrow } from '../support/run-command.ts';
import type { Ready } from '../support/started-app.ts';
import { emptyFolder, install, library, tool, writeFiles } from './support/packages.ts';

let folder: string;

/** A command of the installed tool, in the folder where it is installed. */
function akeneoApp(...args: readonly string[]) {
  return runCommand('npx', ['akeneo-app', ...args], { cwd: folder });
}

/** The first client id of the simulated PIM: `dev` registers one App there. */
const CLIENT_ID = '00000000-0000-4000-8000-000000000001';

/** Waits for the line that `--json` prints. */
async function readyOf({ stdout }: ChildProcess): Promise<Ready> {
  if (!stdout) throw new Error('Its output is not read.');
  const [line] = (await once(createInterface(stdout), 'line')) as [string];
  return JSON.parse(line) as Ready;
}

describe('the tarball of the tool', () => {
  it('has types for every way to import it', async () => {
    const attw = await runCommand(join(TOOLS, 'attw'), [tool(), '--profile', 'node16']);
    expect(attw, attw.stdout).toMatchObject({ exit: 0 });
  });

  it('has exports that Node and bundlers agree on', async () => {
    const publint = await runCommand(join(TOOLS, 'publint'), ['run', tool(), '--strict']);
    expect(publint, publint.stdout).toMatchObject({ exit: 0 });
  });
});

describe('akeneo-app in an empty folder', () => {
  beforeAll(async () => {
    folder = emptyFolder();
    writeFiles(folder, { 'package.json': '{ "private": true }' });
    await install(folder, library(), tool());
  });

  it('plays the whole flow', async () => {
    expect(await akeneoApp('demo')).toMatchObject({ exit: 0 });
  });

  it('helps by its own name, on lines that fit a terminal', async () => {
    const { stdout } = await akeneoApp('--help');
    expect(stdout).toContain('npx akeneo-app pims add');
    expect(stdout).not.toContain('npm run app');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('ends with the status of wrong usage', async () => {
    expect(await akeneoApp('pims', 'ad')).toMatchObject({ exit: 2, stdout: '' });
  });

  it('says what the preflight needs, where there is no CDK', async () => {
    const { exit, stderr } = await akeneoApp('preflight');
    expect(exit).toBe(1);
    expect(stderr).toContain('npm install --save-dev akeneo-app aws-cdk-lib constructs');
  });

  it('throws the errors of the library, from import and from require', async () => {
    const code = `import('akeneo-app/testing').then((esm) => {
      const { openLocalConnections } = require('akeneo-app/testing');
      const { ConnectionError } = require('akeneo-app-activation/reader');
      try { openLocalConnections({ dataFolder: 'none' }); } catch (error) {
        console.log(error instanceof ConnectionError && esm.openLocalConnections === openLocalConnections);
      }
    })`;
    const { stdout } = await runOrThrow(process.execPath, ['--eval', code], { cwd: folder });
    expect(stdout).toBe('true\n');
  });
});

describe('what init writes', () => {
  let app: string;

  beforeAll(async () => {
    app = join(folder, 'my-app');
    await akeneoApp('init', 'my-app');
    await install(app, library(), tool());
  });

  it.each(['test', 'typecheck'])('passes npm run %s', async (script) => {
    const done = await runCommand('npm', ['run', script], { cwd: app });
    expect(done, done.stdout).toMatchObject({ exit: 0 });
  });

  it('reads products once a PIM user has connected the App', async () => {
    const args = ['akeneo-app', 'dev', '--data', '.data', '--port', 'auto', '--json'];
    const dev = spawn('npx', args, { cwd: app, detached: true });
    onTestFinished(() => void process.kill(-(dev.pid ?? 0), 'SIGKILL'));
    const { pimUrl } = await readyOf(dev);
    await new PimUser(new BrowserSession(), pimUrl).connect(CLIENT_ID);
    const { stdout } = await runOrThrow('npm', ['run', '--silent', 'products'], { cwd: app });
    expect(stdout).toContain(pimUrl);
    expect(stdout).toContain('sunglasses');
  });

  it('synthesizes', async () => {
    const synth = ['cdk', 'synth', '--quiet', '--no-notices'];
    expect(await runCommand('npx', synth, { cwd: app })).toMatchObject({ exit: 0 });
  });

  it('is never written over what is there', async () => {
    const { exit, stderr } = await akeneoApp('init', 'my-app');
    expect(exit).toBe(1);
    expect(stderr).toContain('is not empty');
  });
});
