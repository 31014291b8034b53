import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { callbackIdOf } from '../../../functions/pim/callback-id.ts';
import { simulatedSecret, simulatedToken } from '../../../functions/simulated-pim.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { clientsWithSecret, type TestAws, testAws } from './support/aws.ts';
import { leftFlows } from './support/flows.ts';
import { type Keyboard, type Outcome, operate, operateJson } from './support/operate.ts';
import { addPim } from './support/pims.ts';
import { smokeStage, smokeStageOnAws } from './support/smoke.ts';

const now = Date.now;

/** A clock by which every deadline has passed as soon as somebody looks at it again. */
function hurriedClock(): () => number {
  let time = Date.now();
  return () => {
    time += 600_000;
    return time;
  };
}

function smoke(person: Parameters<typeof operate>[1] = {}): Promise<Outcome> {
  return operate(['smoke'], { now, ...person });
}

/** What is left in the tables. */
async function rowsLeft(aws: TestAws): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (const TableName of ['Pims', 'Connections'])
    rows.push(...((await aws.dynamoDb.send(new ScanCommand({ TableName }))).Items ?? []));
  return [...rows, ...(await leftFlows(aws)), ...(await clientsWithSecret(aws))];
}

const EVERYWHERE = [
  'Activation',
  'Refusals',
  'Opening again',
  'Token',
  'Health check',
  'Events',
] as const;

describe('smoke', () => {
  it('proves a whole activation, and leaves nothing behind', async () => {
    const stage = await smokeStageOnAws();
    const { exit, stdout, stderr } = await smoke();
    expect(stderr).toBe('');
    for (const proof of [...EVERYWHERE, 'Rights', 'Metrics'])
      expect(stdout).toContain(`✓ ${proof}  proved: `);
    expect(stdout).toContain('All is proved. What was made for it is removed.');
    expect(exit).toBe(0);
    expect(await rowsLeft(stage)).toEqual([]);
    const clientId = callbackIdOf(pimUrl(stage.simulatedPim));
    expect(stdout).not.toContain(simulatedSecret(clientId));
    expect(stdout).not.toContain(simulatedToken(clientId, 'read_products write_categories'));
  });

  it('says what an emulator cannot prove', async () => {
    await smokeStage();
    const { exit, stdout } = await smoke();
    for (const proof of EVERYWHERE) expect(stdout).toContain(`✓ ${proof}  proved: `);
    expect(stdout).toContain('- Rights  not proved here: an emulator checks no rights');
    expect(stdout).toContain('- Metrics  not proved here: an emulator makes no metrics');
    expect(stdout).toContain('6 of 8 are proved here.');
    expect(exit).toBe(0);
  });

  it('prints a list for programs', async () => {
    await smokeStage();
    expect(await operateJson(['smoke'], { now })).toContainEqual({
      proof: 'Token',
      result: 'proved',
      detail: 'the PIM takes what decrypts, and it decrypts for its own connection alone',
      next: null,
    });
  });

  it('removes first what a killed run has left', async () => {
    const stage = await smokeStage();
    await addPim({ pim: stage.simulatedPim, clientId: 'of-before' });
    const { exit } = await smoke();
    expect(exit).toBe(0);
    expect(await rowsLeft(stage)).toEqual([]);
  });

  it('removes what it has made after Ctrl-C', async () => {
    const stage = await smokeStage();
    const keyboard: Keyboard = {};
    stage.lambda.invoked = async () => keyboard.ctrlC?.();
    const { exit, stdout } = await smoke({ keyboard });
    expect(exit).toBe(130);
    expect(stdout).toContain('✓ Token');
    expect(stdout).not.toContain('Health check');
    expect(await rowsLeft(stage)).toEqual([]);
  });

  it('does without a health check that is switched off', async () => {
    const { cloudFormation } = await smokeStageOnAws();
    delete cloudFormation.resources['ActivationHealthFunction0123ABCD'];
    delete cloudFormation.resources['ActivationHealthRole0123ABCD'];
    const { exit, stdout } = await smoke();
    expect(stdout).toContain('- Health check  not proved here: ');
    expect(stdout).toContain('✓ Rights');
    expect(exit).toBe(0);
  });
});

describe('smoke fails', () => {
  it('at an activation that does not work, with all that would need one', async () => {
    const stage = await smokeStage((name, value) =>
      name.toLowerCase() === 'set-cookie' ? value.replace('__Host-', '') : value,
    );
    const { exit, stdout, stderr } = await smoke();
    expect(stdout).toContain('✗ Activation  failed: it was answered 403 browser_cookie_missing');
    expect(stdout).not.toContain('Refusals');
    expect(stderr).toContain('1 of 1 proofs failed.');
    expect(exit).toBe(1);
    expect(await rowsLeft(stage)).toEqual([]);
  });

  it('when an event does not arrive', async () => {
    const stage = await smokeStage();
    stage.events = ['App Connected', 'App Disconnected'];
    const { exit, stdout } = await smoke({ now: hurriedClock() });
    expect(stdout).toContain('✗ Events  failed: the events did not arrive within 60 seconds');
    expect(exit).toBe(1);
  });

  it('when a metric does not arrive', async () => {
    const stage = await smokeStageOnAws();
    stage.hasMetric = (id) => id !== 'events';
    const { exit, stdout } = await smoke({ now: hurriedClock() });
    expect(stdout).toContain('✗ Metrics  failed: the metrics did not arrive within 300 seconds');
    expect(exit).toBe(1);
  });

  it('when a role may do what it must not', async () => {
    const stage = await smokeStageOnAws();
    stage.isAllowed = () => true;
    const { exit, stdout } = await smoke();
    expect(stdout).toContain(
      '✗ Rights  failed: the role of Callback may call dynamodb:UpdateItem on connections',
    );
    expect(exit).toBe(1);
  });

  it('when a role may not do what it has to: then its refusals say nothing', async () => {
    const stage = await smokeStageOnAws();
    stage.isAllowed = () => false;
    const { stdout } = await smoke();
    expect(stdout).toContain('✗ Rights  failed: the role of Callback may not call dynamodb:');
  });
});

describe('smoke refuses', () => {
  it('a stack that is no development stage', async () => {
    const { cloudFormation, ...aws } = await smokeStage();
    cloudFormation.outputs['Stage'] = 'production';
    const { exit, stdout, stderr } = await smoke();
    expect(stderr).toContain('is no development stage');
    expect([exit, stdout]).toEqual([2, '']);
    expect(await rowsLeft({ ...aws, cloudFormation })).toEqual([]);
  });

  it('a stage without a simulated PIM, and says how to get one', async () => {
    await testAws({ Stage: 'development' });
    const { exit, stderr } = await smoke();
    expect(stderr).toContain('AkeneoAppActivation has no simulated PIM.');
    expect(stderr).toContain('npx cdk deploy -c stage=development -c simulatedPim=true');
    expect(exit).toBe(1);
  });
});
