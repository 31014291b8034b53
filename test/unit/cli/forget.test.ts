import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { clientsWithSecret, storedSecret, type TestAws, testAws } from './support/aws.ts';
import { connect } from './support/connections.ts';
import { beforeOperation } from './support/dynamodb-tap.ts';
import { leftFlows, startFlow } from './support/flows.ts';
import { CLIENT_SECRET, type Keyboard, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

const FORGET = ['connections', 'forget', PIM];
const OTHER_PIM = 'https://other.example.com';

/** The keys that are left in a table. */
async function leftIn({ dynamoDb }: TestAws, table: string, key = 'pim'): Promise<string[]> {
  const { Items = [] } = await dynamoDb.send(new ScanCommand({ TableName: table }));
  return Items.map((row) => row[key]?.S ?? '').sort();
}

/** A PIM that is listed and connected, and one of its users on the way. */
async function connectedCustomer(): Promise<TestAws> {
  const aws = await testAws();
  await addPim();
  await connect(aws);
  await startFlow(aws, { id: 'flow-1' });
  return aws;
}

describe('connections forget', () => {
  it('removes listing, flows, connection and secret, and nothing of anybody else', async () => {
    const aws = await connectedCustomer();
    await addPim({ pim: OTHER_PIM, clientId: 'other' });
    await connect(aws, { pim: OTHER_PIM, clientId: 'other' });
    await startFlow(aws, { id: 'flow-2', pim: OTHER_PIM, clientId: 'other' });
    const { exit, stdout } = await operate([...FORGET, '--yes']);
    expect(exit).toBe(0);
    expect(await leftIn(aws, 'Pims')).toEqual([OTHER_PIM]);
    expect(await leftFlows(aws)).toEqual(['flow-2']);
    expect(await leftIn(aws, 'Connections')).toEqual([OTHER_PIM]);
    expect(await clientsWithSecret(aws)).toEqual(['other']);
    expect(await storedSecret('other', aws)).toBe(CLIENT_SECRET);
    expect(stdout).toContain(`The secret of ${CLIENT_ID} is deleted.`);
    expect(stdout).toContain('clicks “Disconnect”');
    expect(stdout).toContain('for a minute');
  });

  it('says what it removed, for programs', async () => {
    await connectedCustomer();
    expect(await operateJson([...FORGET, '--yes'])).toEqual({
      pim: PIM,
      removed: { listing: true, flows: 1, connections: [CLIENT_ID] },
      secrets: [{ clientId: CLIENT_ID, secret: 'deleted' }],
      leftListings: [],
    });
  });

  it('has nothing left to do the second time, and says where something could be', async () => {
    await connectedCustomer();
    await operate([...FORGET, '--yes']);
    const { exit, stdout } = await operate([...FORGET, '--yes']);
    expect(exit).toBe(0);
    expect(stdout).toContain('none: there was none');
    expect(stdout).toContain('--client-id <id>');
    const named = await operate([...FORGET, '--client-id', CLIENT_ID, '--yes']);
    expect(named.stdout).toContain(`There was no secret of ${CLIENT_ID} to delete.`);
  });

  it('keeps a secret that another row or another connection uses', async () => {
    const aws = await connectedCustomer();
    await addPim({
      pim: '*.cloud.akeneo.com',
      more: ['--dangerously-allow-suffix', '--app-store'],
    });
    await connect(aws, { pim: 'https://a.cloud.akeneo.com' });
    expect(await operateJson([...FORGET, '--yes'])).toMatchObject({
      secrets: [{ secret: 'kept', usedBy: ['*.cloud.akeneo.com', 'https://a.cloud.akeneo.com'] }],
    });
    await operate(['pims', 'remove', '*.cloud.akeneo.com', '--yes']);
    expect(await clientsWithSecret(aws)).toEqual([]);
  });

  it('leaves a suffix that covers the PIM, and names it', async () => {
    const aws = await testAws();
    await addPim({ pim: '*.cloud.akeneo.com', more: ['--dangerously-allow-suffix'] });
    await connect(aws, { pim: 'https://a.cloud.akeneo.com' });
    const argv = ['connections', 'forget', 'https://a.cloud.akeneo.com', '--yes'];
    const { stdout } = await operate(argv);
    expect(stdout).toContain('it had no row of its own');
    expect(stdout).toContain('Left in the allow-list: *.cloud.akeneo.com');
    expect(stdout).toContain('its users can connect again');
    expect(await leftIn(aws, 'Pims')).toEqual(['*.cloud.akeneo.com']);
    expect(await leftIn(aws, 'Connections')).toEqual([]);
  });

  it('forgets one client id and leaves the other', async () => {
    const aws = await connectedCustomer();
    await connect(aws, { clientId: 'old' });
    await startFlow(aws, { id: 'flow-2', clientId: 'old' });
    const { stdout } = await operate([...FORGET, '--client-id', 'old', '--yes']);
    expect(stdout).toContain(`lists this PIM with another client id (${CLIENT_ID})`);
    expect(stdout).toContain('There was no secret of old');
    expect(await leftIn(aws, 'Pims')).toEqual([PIM]);
    expect(await leftIn(aws, 'Connections', 'clientId')).toEqual([CLIENT_ID]);
    expect(await leftFlows(aws)).toEqual(['flow-1']);
  });

  it('asks first, and removes nothing without a yes', async () => {
    const aws = await connectedCustomer();
    const { exit, questions } = await operate(FORGET, { answers: [false] });
    expect(exit).toBe(130);
    expect(questions).toEqual([expect.stringContaining(`(client id ${CLIENT_ID})?`)]);
    expect((await operate(FORGET)).stderr).toContain('--yes');
    expect(await leftIn(aws, 'Connections')).toEqual([PIM]);
  });

  it('tells how to finish when AWS fails in the middle', async () => {
    const aws = await connectedCustomer();
    const { outputs } = aws.cloudFormation;
    const { ClientsTable = '' } = outputs;
    outputs['ClientsTable'] = 'Gone';
    const { exit, stderr } = await operate([...FORGET, '--yes']);
    expect(exit).toBe(1);
    expect(stderr).toContain('Not everything is removed yet.');
    const finish = `npm run app -- connections forget ${PIM} --client-id ${CLIENT_ID}`;
    expect(stderr).toContain(finish);
    expect(await leftIn(aws, 'Connections')).toEqual([]);
    outputs['ClientsTable'] = ClientsTable;
    expect(await operateJson([...FORGET, '--client-id', CLIENT_ID, '--yes'])).toMatchObject({
      secrets: [{ secret: 'deleted' }],
    });
  });

  it('stops between two steps at Ctrl-C, the listing gone first, and finishes when run again', async () => {
    const aws = await connectedCustomer();
    const keyboard: Keyboard = {};
    await beforeOperation('DeleteItem', 'Pims', () => keyboard.ctrlC?.());
    const { exit, stderr } = await operate([...FORGET, '--yes'], { keyboard });
    expect(exit).toBe(130);
    expect(stderr).toContain('Not everything is removed yet.');
    expect(await leftIn(aws, 'Pims')).toEqual([]);
    expect(await leftFlows(aws)).toEqual(['flow-1']);
    expect((await operate([...FORGET, '--yes'])).exit).toBe(0);
    expect(await leftFlows(aws)).toEqual([]);
    expect(await leftIn(aws, 'Connections')).toEqual([]);
    expect(await clientsWithSecret(aws)).toEqual([]);
  });
});
