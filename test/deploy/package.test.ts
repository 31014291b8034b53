import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import project from '../../package.json' with { type: 'json' };
import { expectNoLeak } from '../support/leaks.ts';
import { runOrThrow } from '../support/run-command.ts';
import { DeployedWorld } from './support/deployed-world.ts';
import { deploy } from './support/deployment.ts';
import { REGION } from './support/environment.ts';
import { invokeFunction, readLogs } from './support/functions.ts';
import { installInEmptyApp, type Packed, packProject } from './support/installed-package.ts';
import { inProject, TOOLS } from './support/project.ts';

/** Without these, what is searched is not the log of the functions and of the back end, which prints all it has. */
const LOGGED = [
  '"message":"connected"',
  'The back end has printed a connection.',
  'The back end has printed an error.',
  // The token's own place in a printed connection, and an error that was printed as a whole.
  '[redacted]',
  'AppDisconnectedError',
];

let packed: Packed;
let app: string;
let world: DeployedWorld | undefined;

/** Left by a build of long ago, from a source that is gone. */
const STALE = 'dist/reader/no-source.js';

function leaveStaleFile(): void {
  mkdirSync(dirname(inProject(STALE)), { recursive: true });
  writeFileSync(inProject(STALE), '');
}

beforeAll(async () => {
  const makeProject = async (folder: string) => {
    leaveStaleFile();
    packed = await packProject(folder);
    app = await installInEmptyApp(packed.tarball, folder);
    return app;
  };
  const deployment = await deploy({ name: 'package', stack: 'SomebodyElses', makeProject });
  world = await DeployedWorld.open(deployment);
});
afterAll(() => world?.close());

const open = (): DeployedWorld => {
  if (!world) throw new Error('There is a deployment during tests only.');
  return world;
};

/** What the back end of the other app makes of a PIM. */
function askBackEnd(pim: string): Promise<unknown> {
  return invokeFunction(open().deployment.lambda, open().output('BackEndName'), { pim });
}

describe('the packed project', () => {
  it('holds the build and the documentation, and neither sources nor tests', () => {
    expect(packed.files).toContain('dist/infra/index.d.ts');
    expect(packed.files).toContain('dist/reader/index.js');
    const others = packed.files.filter((path) => !/^(dist|docs)\//.test(path));
    expect(others.toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'package.json',
    ]);
  });

  // The build wrote over `dist` and removed nothing.
  it('holds nothing of an earlier build', () => {
    expect(packed.files).not.toContain(STALE);
  });
});

describe('the oldest CDK that it takes', () => {
  it('compiles with it, and synthesizes without a warning', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'oldest-cdk-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const peers = Object.entries(project.peerDependencies);
    const oldest = peers.map(([name, range]) => `${name}@${range.replace('^', '')}`);
    const withOldest = await installInEmptyApp(packed.tarball, folder, ...oldest);
    const env = { ...process.env, CDK_OUTDIR: join(folder, 'cdk.out') };
    const { stderr } = await runOrThrow(join(TOOLS, 'tsx'), ['app.ts'], { cwd: withOldest, env });
    expect(stderr).not.toMatch(/warning|deprecated/i);
    expect(readdirSync(env.CDK_OUTDIR)).toContain('SomebodyElses.template.json');
  });
});

describe('an app of somebody else that installs it', () => {
  it('connects PIMs by the construct alone', async () => {
    const listed = await open().startPim();
    const page = await open().user(listed).connect(listed.clientId);
    expect(page.body).toContain('<h1>Connected</h1>');
  });

  it('reads products in a back end through the reader', async () => {
    const listed = await open().startPim();
    await open().user(listed).connect(listed.clientId);

    expect(await askBackEnd(listed.pim.url)).toMatchObject({
      scopes: ['read_products', 'write_categories'],
      status: 200,
      answer: { _embedded: { items: [{ identifier: 'sunglasses' }, {}, {}] } },
    });
  });

  it('is told by a typed error that a PIM user has disconnected the App, and the table says so, too', async () => {
    const listed = await open().startPim();
    const user = open().user(listed);
    await user.connect(listed.clientId);
    await user.disconnect(listed.clientId);
    const before = await open().connection(listed);

    expect(await askBackEnd(listed.pim.url)).toEqual({ problem: 'app_disconnected' });
    const after = await open().connection(listed);
    expect([before?.text('status'), after?.text('status')]).toEqual(['connected', 'disconnected']);
    expect(after?.text('tokenFingerprint')).toBe(before?.text('tokenFingerprint'));
  });

  it('is told by a typed error that a PIM has not connected', async () => {
    const { pim } = await open().startPim();
    expect(await askBackEnd(pim.url)).toEqual({ problem: 'not_connected' });
  });

  it('shows, logs and stores no secret, not even when its back end prints what it gets', async () => {
    const { pages, tables, deployment } = open();
    const { dynamoDb: client, emulator, logs } = deployment;
    const address = { endpoint: emulator.endpoint, region: REGION, tables };
    const logLines = await readLogs(logs);

    for (const line of LOGGED) expect(logLines.join('\n')).toContain(line);
    await expectNoLeak({ pages, logLines }, { address, client, close: async () => undefined });
  });
});
