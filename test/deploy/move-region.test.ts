import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callbackIdOf, callbackUrlWith } from '../../functions/pim/callback-id.ts';
import { openConnections } from '../../reader/index.ts';
import type { SimulatedPim } from '../../simulator/index.ts';
import { BrowserSession, PimUser } from '../../simulator/user/index.ts';
import { SCOPES } from '../support/journeys/journey-world.ts';
import { startMarkedPim } from '../support/marked-pim.ts';
import { pimUrl } from '../support/pim-url.ts';
import { runOrThrow } from '../support/run-command.ts';
import { awsClients } from './support/aws-clients.ts';
import { Cdk, DEVELOPMENT, STACKS } from './support/cdk.ts';
import { Domain } from './support/domain.ts';
import { type Emulator, startEmulator } from './support/emulator.ts';
import { OperatorCli } from './support/operator-cli.ts';
import { CACHE, inProject, TOOLS } from './support/project.ts';

/*
 * “Move to another region” of docs/operate.md: an emulator with two regions, and a domain that is pointed at one and then
 * at the other. How long each step took goes into `.cache/deploy/move-region.json`; docs/availability.md quotes it.
 */

const [OLD, NEW] = ['us-east-1', 'eu-central-1'] as const;
const VERSION = '/api/rest/v1/system-information';
/** The first time, or once more. */
const CONNECTED = /<h1>.*connected<\/h1>/i;

const seconds: Record<string, number> = {};

/** Does a step of the move, and keeps how long it took. */
async function timed<T>(step: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  seconds[step] = Number(((performance.now() - start) / 1_000).toFixed(1));
  return result;
}

let emulator: Emulator;
let domain: Domain;
const pims: SimulatedPim[] = [];

beforeAll(async () => {
  emulator = await startEmulator('move-region');
  domain = await Domain.open();
});
afterAll(async () => {
  writeFileSync(join(CACHE, 'deploy', 'move-region.json'), `${JSON.stringify(seconds)}\n`);
  await Promise.all(pims.map((pim) => pim.close()));
  await domain.close();
  await emulator.close();
});

type Region = Awaited<ReturnType<typeof deployIn>>;

/** Everything that a region needs before PIMs are listed there. */
async function deployIn(region: string) {
  const env = { ...emulator.environment, AWS_REGION: region };
  const folder = mkdtempSync(join(emulator.folder, 'region-'));
  const cdk = new Cdk({ env, folder, context: DEVELOPMENT });
  await timed(`bootstrap ${region}`, () => cdk.bootstrap());
  const { outputs } = await timed(`deploy ${region}`, () => cdk.deploy());
  const output = (name: string) => outputs[STACKS.development]?.[name] ?? '';
  const operator = new OperatorCli(env, STACKS.development);
  return { ...awsClients(emulator.endpoint, region), output, operator };
}

/** A PIM where the App is registered with the URLs of the domain, and its credentials. */
async function startPim() {
  const { pim } = await startMarkedPim();
  pims.push(pim);
  const { clientId, clientSecret } = pim.registerApp({
    name: 'My App',
    activateUrl: `${domain.url}/activate`,
    callbackUrl: callbackUrlWith(`${domain.url}/callback`, callbackIdOf(pimUrl(pim.url))),
  });
  return { pim, clientId, clientSecret, user: new PimUser(new BrowserSession(), pim.url) };
}

type StartedPim = Awaited<ReturnType<typeof startPim>>;

function list({ operator }: Region, { pim, clientId }: StartedPim, secret: string) {
  const args = ['pims', 'add', pim.url, '--client-id', clientId, '--scopes', SCOPES];
  return operator.json(args, secret);
}

/** What a back end in a region is answered by the PIM. */
async function callFrom(region: Region, { pim, clientId }: StartedPim): Promise<number> {
  const backEnd = openConnections({
    tableName: region.output('ConnectionsTable'),
    tokenKeyId: region.output('TokenKeyArn'),
    dynamoDb: region.dynamoDb,
    kms: region.kms,
    dangerouslyAllowHttpPimOnLoopback: true,
  });
  return (await backEnd.fetch(pim.url, VERSION, { clientId })).status;
}

describe('a move to another region', () => {
  let copied: StartedPim;
  let lost: StartedPim;
  let before: Region;
  let after: Region;

  beforeAll(async () => {
    before = await deployIn(OLD);
    domain.pointAt(before.output('ActivateUrl'));
    [copied, lost] = [await startPim(), await startPim()];
    for (const one of [copied, lost]) {
      await list(before, one, one.clientSecret);
      await one.user.connect(one.clientId);
    }
    after = await deployIn(NEW);
  });

  it('needs nobody in the PIMs while the old region is up: its rows are encrypted anew', async () => {
    await lostBeforeCopying();
    const script = inProject('docs', 'examples', 'copy-region.ts');
    const args = [script, STACKS.development, OLD, NEW];
    const { stdout } = await timed('copy', () =>
      runOrThrow(join(TOOLS, 'tsx'), args, { env: emulator.environment, cwd: inProject() }),
    );
    domain.pointAt(after.output('ActivateUrl'));

    expect(stdout).toBe(
      'ClientsTable: 1 rows added\nConnectionsTable: 1 rows added\nPimsTable: 1 rows added\n',
    );
    expect(await callFrom(after, copied)).toBe(200);
    expect((await copied.user.openApp(copied.clientId)).body).toMatch(CONNECTED);
    expect(await callFrom(before, copied)).toBe(200);
  });

  it('needs the secret and one user of each PIM when the old region is lost: the PIM has the token', async () => {
    const secret = await lost.pim.regenerateSecret(lost.clientId);
    await timed('list a PIM', () => list(after, lost, secret));
    const page = await timed('open the App', () => lost.user.openApp(lost.clientId));

    expect(page.body).toMatch(CONNECTED);
    expect(await callFrom(after, lost)).toBe(200);
  });

  /** Its rows are not there when the other PIM's are copied. */
  function lostBeforeCopying() {
    const forget = ['connections', 'forget', lost.pim.url, '--client-id', lost.clientId, '--yes'];
    return before.operator.json(forget);
  }
});
