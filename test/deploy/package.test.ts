import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNoLeak } from '../support/leaks.ts';
import { DeployedWorld } from './support/deployed-world.ts';
import { deploy } from './support/deployment.ts';
import { REGION } from './support/environment.ts';
import { readLogs } from './support/function-logs.ts';
import { installInEmptyApp, type Packed, packProject } from './support/installed-package.ts';
import { invokeFunction } from './support/invoke-function.ts';

let packed: Packed;
let world: DeployedWorld | undefined;

beforeAll(async () => {
  const makeProject = async (folder: string) => {
    packed = await packProject(folder);
    return installInEmptyApp(packed.tarball, folder);
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
  const { endpoint } = open().deployment.emulator;
  return invokeFunction(endpoint, open().output('BackEndName'), { pim });
}

describe('the packed project', () => {
  it('holds the build and the documentation, and neither sources nor tests', () => {
    expect(packed.files).toContain('dist/infra/index.d.ts');
    expect(packed.files).toContain('dist/reader/index.js');
    const others = packed.files.filter((path) => !/^(dist|docs)\//.test(path));
    expect(others.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json']);
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

  it('is told by a typed error that a PIM has not connected', async () => {
    const { pim } = await open().startPim();
    expect(await askBackEnd(pim.url)).toEqual({ problem: 'not_connected' });
  });

  it('shows, logs and stores no secret', async () => {
    const { pages, tables, deployment } = open();
    const { dynamoDb: client, emulator } = deployment;
    const address = { endpoint: emulator.endpoint, region: REGION, tables };
    const logLines = await readLogs(emulator.endpoint);

    expect(logLines.join('\n')).toContain('"message":"connected"');
    await expectNoLeak({ pages, logLines }, { address, client, close: async () => undefined });
  });
});
