import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PimUser } from '../../simulator/user/index.ts';
import { type ListedPim, openTab } from '../support/journeys/journey-world.ts';
import { Cdk, DEVELOPMENT, STACKS } from './support/cdk.ts';
import { DeployedWorld } from './support/deployed-world.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { checkOutEarlierVersion } from './support/earlier-version.ts';
import { OperatorCli } from './support/operator-cli.ts';

/** One stack, as each of the two versions deploys and operates it. */
interface Versions {
  readonly earlier: DeployedWorld;
  readonly newer: DeployedWorld;
}

let opened: Versions | undefined;

beforeAll(async () => {
  opened = await deployEarlierVersion();
});
afterAll(async () => {
  await opened?.newer.close();
  await opened?.earlier.close();
});

const versions = (): Versions => {
  if (!opened) throw new Error('There is a deployment during tests only.');
  return opened;
};

async function deployEarlierVersion(): Promise<Versions> {
  let project = '';
  const makeProject = async (folder: string) => {
    project = await checkOutEarlierVersion(folder);
    return project;
  };
  const deployment = await deploy({ name: 'upgrade', makeProject });
  const { environment: env } = deployment.emulator;
  const operator = new OperatorCli(env, STACKS.development, project);
  return {
    earlier: await DeployedWorld.open({ ...deployment, operator }),
    newer: await DeployedWorld.open(byThisVersion(deployment)),
  };
}

function byThisVersion(deployment: Deployment): Deployment {
  const { environment: env, folder } = deployment.emulator;
  const context = DEVELOPMENT;
  return {
    ...deployment,
    cdk: new Cdk({ env, context, folder: mkdtempSync(join(folder, 'newer-')) }),
  };
}

/** What a deployment holds that only people could bring back. */
interface Filled {
  readonly connected: ListedPim;
  readonly accessToken: string;
  /** A PIM with a flow under way: its wizard is open, and nothing is confirmed. */
  readonly underWay: ListedPim;
  readonly user: PimUser;
}

/** Everything that was ever put into the stack, by either version. */
const filled: Filled[] = [];

async function fill(world: DeployedWorld): Promise<void> {
  const connected = await world.startPim();
  await world.user(connected).connect(connected.clientId);
  const underWay = await world.startPim();
  const user = world.user(underWay);
  await openTab(user, underWay);
  filled.push({ connected, accessToken: await tokenOf(world, connected), underWay, user });
}

async function tokenOf(world: DeployedWorld, listed: ListedPim): Promise<string> {
  const connection = await world.connection(listed);
  if (!connection) throw new Error(`${listed.pim.url} is not connected.`);
  return connection.accessToken;
}

const CONNECTED = '<h1>Connected</h1>';

/** One version is deployed over the stack that the other one has filled. */
describe.each([
  ['an upgrade from the earlier version', 'earlier', 'newer'],
  ['the way back to the earlier version', 'newer', 'earlier'],
] as const)('%s', (_what, from, to) => {
  const world = () => versions()[to];

  it('keeps every address, table and key', async () => {
    await fill(versions()[from]);
    const { outputs } = await world().deployment.cdk.deploy();
    expect(outputs[STACKS.development]).toMatchObject(world().deployment.outputs);
  });

  it('keeps the connections: their tokens decrypt, and opening the App replaces none', async () => {
    for (const { connected, accessToken } of filled) {
      expect(await tokenOf(world(), connected)).toBe(accessToken);
      const page = await world().user(connected).openApp(connected.clientId);
      // Versions differ in how they tell it to somebody who was here before.
      expect(page.body).toMatch(/connected<\/h1>/i);
      expect(await tokenOf(world(), connected)).toBe(accessToken);
    }
  });

  it('keeps the flows that are under way, and the client secrets', async () => {
    // The first step has put it there.
    const { underWay, user } = filled.at(-1) as Filled;
    const page = await user.session.follow(await user.confirm(underWay.clientId));
    expect(page.body).toContain(CONNECTED);
  });

  it('keeps the listed PIMs, of which its operator is told that all is well', async () => {
    const { exit, stdout } = await world().deployment.operator.run(['doctor']);
    for (const { connected } of filled) expect(stdout).toContain(connected.pim.url);
    expect(stdout).toContain('All is well.');
    expect(exit).toBe(0);
  });
});
