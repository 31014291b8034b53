import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RegisteredUrls } from '../../../cli/pims/urls.ts';
import { callbackIdOf } from '../../../functions/pim/callback-id.ts';
import { startSimulatedPim } from '../../../simulator/index.ts';
import { BrowserSession, PimUser } from '../../../simulator/user/index.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { storedSecret, testAws } from './support/aws.ts';
import { connect } from './support/connections.ts';
import { testDeployment } from './support/deployment.ts';
import { beforeOperation } from './support/dynamodb-tap.ts';
import { leftFlows, startFlow } from './support/flows.ts';
import { CLIENT_SECRET, type Keyboard, NOON, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

const NEW = 'https://new.example.com';
const MOVE = ['pims', 'move', PIM, NEW, '--yes'];
const CALLBACK_URL = `https://app.example.com/callback/${callbackIdOf(pimUrl(PIM))}`;
const later = { now: () => NOON + 60_000 };

/** A PIM that is listed, connected, and has users on their way. */
async function connectedPim() {
  const aws = await testAws();
  await addPim({ more: ['--label', 'Customer A', '--app-url', 'https://app.example.com/hi'] });
  await connect(aws);
  await startFlow(aws, { id: 'on-the-way' });
  await startFlow(aws, { id: 'other-app', clientId: 'other' });
  await startFlow(aws, { id: 'finished', status: 'consumed' });
  return aws;
}

async function listed(): Promise<unknown> {
  return operateJson(['pims', 'list']);
}

/** What `pims update` writes. */
async function changeLabel(dynamoDb: DynamoDBClient): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: 'Pims',
    Key: { pim: { S: PIM } },
    UpdateExpression: 'SET label = :label, updatedAt = :now',
    ExpressionAttributeValues: {
      ':label': { S: 'Changed' },
      ':now': { S: new Date(NOON + 1).toISOString() },
    },
  });
  await dynamoDb.send(command);
}

/** What another `pims move` writes. */
async function moveElsewhere(dynamoDb: DynamoDBClient, to: string): Promise<void> {
  const TableName = 'Pims';
  const Key = { pim: { S: PIM } };
  const { Item } = await dynamoDb.send(new GetItemCommand({ TableName, Key }));
  const moved = { ...Item, pim: { S: to }, movedFrom: { S: PIM } };
  await dynamoDb.send(new PutItemCommand({ TableName, Item: moved }));
  await dynamoDb.send(new DeleteItemCommand({ TableName, Key }));
}

describe('pims move', () => {
  it('lists the new address with the old callback URL and settings, and ends flows', async () => {
    const aws = await connectedPim();
    expect(await operateJson(MOVE, later)).toEqual({
      pim: NEW,
      clientId: CLIENT_ID,
      appType: 'custom',
      callbackUrl: CALLBACK_URL,
      scopes: ['read_products', 'write_categories'],
      appUrl: 'https://app.example.com/hi',
      tenant: null,
      loginUrl: null,
      redirectUrl: null,
      tenantId: expect.any(String),
      label: 'Customer A',
      movedFrom: PIM,
      addedAt: '2030-01-01T12:00:00.000Z',
      updatedAt: '2030-01-01T12:01:00.000Z',
      flows: 1,
      connection: 'kept',
      stillCoveredBy: [],
    });
    expect(await listed()).toMatchObject([{ pim: NEW, callbackUrl: CALLBACK_URL }]);
    expect(await leftFlows(aws)).toEqual(['finished', 'other-app']);
    expect(await storedSecret(CLIENT_ID, aws)).toBe(CLIENT_SECRET);
  });

  it('says what to open again, and how the old connection goes', async () => {
    await connectedPim();
    const { stdout } = await operate(MOVE);
    expect(stdout).toContain(`Open the App once from ${NEW}`);
    expect(stdout).toContain(`connections forget ${PIM}`);
    expect(stdout).toMatch(/Moved from {4}https:\/\/pim\.example\.com\n/);
  });

  it.each([
    [['--forget-connection'], undefined, 'removed', 0],
    [['--no-forget-connection'], undefined, 'kept', 1],
    [[], [true, true], 'removed', 0],
    [[], [true, false], 'kept', 1],
  ])(
    'lets the operator decide about the connection (%j, %j)',
    async (flags, answers, fate, left) => {
      await connectedPim();
      const argv = ['pims', 'move', PIM, NEW, ...flags, ...(answers ? [] : ['--yes'])];
      expect(await operateJson(argv, answers ? { answers } : {})).toMatchObject({
        connection: fate,
      });
      expect(await operateJson(['connections', 'list'])).toHaveLength(left);
    },
  );

  it('asks about no connection where there is none', async () => {
    await testAws();
    await addPim();
    const { exit, questions } = await operate(MOVE.slice(0, -1), { answers: [true] });
    expect(exit).toBe(0);
    expect(questions).toEqual([expect.stringContaining(`List ${NEW} in place of ${PIM}`)]);
  });

  it('takes no for Ctrl-C, and needs --yes when nobody is there', async () => {
    await testAws();
    await addPim();
    expect((await operate(MOVE.slice(0, -1), { answers: [false] })).exit).toBe(130);
    expect((await operate(MOVE.slice(0, -1))).stderr).toContain('--yes');
    expect(await listed()).toMatchObject([{ pim: PIM }]);
  });

  it('moves a PIM of an App Store App, which keeps the plain callback URL', async () => {
    await testAws();
    await addPim({ more: ['--app-store'] });
    await addPim({ pim: 'https://other.example.com' });
    expect(await operateJson(MOVE)).toMatchObject({
      appType: 'app_store',
      callbackUrl: 'https://app.example.com/callback',
    });
  });

  it('moves on, and back', async () => {
    await testAws();
    await addPim();
    await operate(MOVE);
    await operate(['pims', 'move', NEW, 'https://newer.example.com', '--yes']);
    await operate(['pims', 'move', 'https://newer.example.com', PIM, '--yes']);
    expect(await listed()).toMatchObject([{ pim: PIM, callbackUrl: CALLBACK_URL }]);
  });

  it.each([
    ['what is not listed', NEW, PIM, 1, 'has no row of its own'],
    ['an address to itself', PIM, `${PIM}/`, 2, 'Give the new address of the PIM second'],
    ['a suffix', '*.example.com', NEW, 2, 'is not one PIM'],
  ])('refuses %s', async (_what, from, to, exit, text) => {
    await testAws();
    await addPim();
    const refused = await operate(['pims', 'move', from, to, '--yes']);
    expect(refused).toMatchObject({ exit, stderr: expect.stringContaining(text) });
    expect(await listed()).toMatchObject([{ pim: PIM }]);
  });

  it('refuses an address that has a row of its own', async () => {
    await testAws();
    await addPim();
    await addPim({ pim: NEW, clientId: 'other' });
    const { exit, stderr } = await operate(MOVE);
    expect(exit).toBe(1);
    expect(stderr).toContain(`pims remove ${NEW}`);
    expect(await listed()).toMatchObject([{ pim: NEW, clientId: 'other' }, { pim: PIM }]);
  });
});

describe('pims move of a PIM whose App keeps its URLs', () => {
  it('lets its users connect from the new address', async () => {
    await testDeployment();
    const pim = await startSimulatedPim();
    onTestFinished(() => pim.close());
    const old = 'http://old.localhost';
    // The command's own output is what is tested; its shape is asserted in urls.test.ts.
    const urls = (await operateJson(['urls', old])) as RegisteredUrls;
    pim.registerApp({ name: 'App', ...urls, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET });
    await addPim({ pim: old });
    expect((await operate(['pims', 'move', old, pim.url, '--yes'])).exit).toBe(0);
    await new PimUser(new BrowserSession(), pim.url).connect(CLIENT_ID);
    expect(await operateJson(['connections', 'list'])).toMatchObject([{ pim: pim.url }]);
  });
});

describe('pims move that is interrupted', () => {
  it.each([
    ['PutItem', 'Pims'],
    ['DeleteItem', 'Pims'],
    ['Scan', 'Flows'],
    ['DeleteItem', 'Flows'],
  ])('during %s of %s is finished by running it again', async (operation, table) => {
    const aws = await connectedPim();
    await startFlow(aws, { id: 'second' });
    const keyboard: Keyboard = {};
    await beforeOperation(operation, table, () => keyboard.ctrlC?.());
    const { exit, stderr } = await operate([...MOVE, '--forget-connection'], { keyboard });
    expect(exit).toBe(130);
    expect(stderr).toContain(
      `Then finish: npm run app -- pims move ${PIM} ${NEW} --forget-connection`,
    );
    expect((await operate([...MOVE, '--forget-connection'])).exit).toBe(0);
    expect(await listed()).toMatchObject([{ pim: NEW, callbackUrl: CALLBACK_URL }]);
    expect(await leftFlows(aws)).toEqual(['finished', 'other-app']);
    expect(await operateJson(['connections', 'list'])).toEqual([]);
  });

  it('takes along what was changed of the old row meanwhile', async () => {
    const { dynamoDb } = await testAws();
    await addPim();
    let isFirst = true;
    await beforeOperation('DeleteItem', 'Pims', () => {
      const change = isFirst ? changeLabel(dynamoDb) : undefined;
      isFirst = false;
      return change;
    });
    const refused = await operate(MOVE);
    expect(refused.exit).toBe(1);
    expect(refused.stderr).toContain(`Run it again: npm run app -- pims move ${PIM} ${NEW}`);
    expect((await operate(MOVE, later)).exit).toBe(0);
    expect(await listed()).toMatchObject([{ pim: NEW, label: 'Changed' }]);
  });

  it('gives way to another operator who moves the PIM elsewhere at the same moment', async () => {
    const { dynamoDb } = await testAws();
    await addPim();
    const elsewhere = 'https://elsewhere.example.com';
    let isFirst = true;
    await beforeOperation('DeleteItem', 'Pims', () => {
      const change = isFirst ? moveElsewhere(dynamoDb, elsewhere) : undefined;
      isFirst = false;
      return change;
    });
    const { exit, stderr } = await operate(MOVE);
    expect(exit).toBe(1);
    expect(stderr).toContain(`Listed are now: ${elsewhere}.`);
    expect(stderr).toContain(`pims move ${elsewhere} <new>`);
    expect(await listed()).toMatchObject([{ pim: elsewhere, callbackUrl: CALLBACK_URL }]);
  });
});
