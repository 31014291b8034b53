import { type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { ALLOW_SUFFIX, APP_STORE, SHARING_RISK } from '../../../cli/pims/policy.ts';
import { callbackIdOf } from '../../../functions/pim/callback-id.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { PIMS } from '../../../functions/tables/pims.ts';
import { toItem } from '../../../functions/tables/row.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { storedSecret, testAws } from './support/aws.ts';
import { beforeOperation } from './support/dynamodb-tap.ts';
import { CLIENT_SECRET, OTHER_SECRET, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

const HOSTED = 'https://a.cloud.akeneo.com';
const OTHER_HOSTED = 'https://b.cloud.akeneo.com';
const SUFFIX = '*.cloud.akeneo.com';
const PLAIN = 'https://app.example.com/callback';
const OWN = (pim: string) => `${PLAIN}/${callbackIdOf(pimUrl(pim))}`;

function add(pim: string, ...flags: string[]) {
  const argv = ['pims', 'add', pim, '--scopes', 'read_products', ...flags];
  const env = { AKENEO_CLIENT_ID: CLIENT_ID, AKENEO_CLIENT_SECRET: OTHER_SECRET };
  return operate(argv, { env });
}

/** As another operator would, who is quicker. */
async function listByHand(pim: string, dynamoDb: DynamoDBClient): Promise<void> {
  const times = { addedAt: 0, updatedAt: 0 };
  const scopes = parseScope('read_products');
  const row = { pim, clientId: CLIENT_ID, appType: 'custom', scopes, ...times } as const;
  await dynamoDb.send(new PutItemCommand({ TableName: 'Pims', Item: toItem(PIMS, row) }));
}

// A PIM that was listed under the client id of an App Store App could obtain the tokens of all other PIMs, and Akeneo's
// own domains were no exception: they carry what customers run.
describe('a client id that PIMs would share', () => {
  it.each([
    [PIM, HOSTED],
    [OTHER_HOSTED, HOSTED],
    ['https://b.trial.akeneo.cloud', 'https://a.trial.akeneo.cloud'],
    [HOSTED, PIM],
  ])('is refused for %s beside %s, with nothing stored', async (pim, first) => {
    const aws = await testAws();
    await addPim({ pim: first });
    const { exit, stderr } = await add(pim);
    expect(exit).toBe(2);
    expect(stderr).toContain(`is that of ${first} already. ${SHARING_RISK}`);
    expect(stderr).toContain(`repeat the command with ${APP_STORE}`);
    expect(await operateJson(['pims', 'list'])).toMatchObject([
      { pim: first, appType: 'custom', callbackUrl: OWN(first) },
    ]);
    expect(await storedSecret(CLIENT_ID, aws)).toBe(CLIENT_SECRET);
  });

  it('is refused to all but one of those who add it at the same moment', async () => {
    const aws = await testAws();
    const runs = await Promise.all([add(PIM), add(HOSTED), add(OTHER_HOSTED)]);
    expect(runs.filter(({ exit }) => exit === 0)).toHaveLength(1);
    expect(await operateJson(['pims', 'list'])).toHaveLength(1);
    expect(await storedSecret(CLIENT_ID, aws)).toBe(OTHER_SECRET);
  });

  it('is given up when somebody else has written it in the last moment', async () => {
    const { dynamoDb } = await testAws();
    await addPim({ clientId: 'own' });
    await beforeOperation('PutItem', 'Pims', () => listByHand(HOSTED, dynamoDb));
    for (const again of [
      () => add(OTHER_HOSTED),
      () => {
        const env = { AKENEO_CLIENT_SECRET: OTHER_SECRET };
        return operate(['pims', 'update', PIM, '--client-id', CLIENT_ID], { env });
      },
    ]) {
      const { exit, stderr } = await again();
      expect(exit).toBe(2);
      expect(stderr).toContain(`is that of ${HOSTED} already. ${SHARING_RISK}`);
      expect(await operateJson(['pims', 'list'])).toMatchObject([
        { pim: HOSTED, clientId: CLIENT_ID },
        { pim: PIM, clientId: 'own' },
      ]);
      await operate(['pims', 'remove', HOSTED, '--yes']);
    }
  });

  it('is refused on this machine, too', async () => {
    await testAws({ Stage: 'development' });
    await addPim({ pim: 'http://localhost:8080' });
    expect((await add('http://localhost:8081')).exit).toBe(2);
  });

  it('is recorded in every row of it, each with the plain callback URL, and the risk is told', async () => {
    await testAws();
    await addPim({ pim: HOSTED });
    const { exit, stdout, stderr } = await add(PIM, APP_STORE);
    expect(exit).toBe(0);
    expect(stderr).toBe(`warning: ${SHARING_RISK}\n`);
    expect(stdout).toContain(`from now on, too: ${HOSTED}. Their callback URL is ${PLAIN}.\n`);
    const row = { appType: 'app_store', callbackUrl: PLAIN };
    expect(await operateJson(['pims', 'list'])).toMatchObject([
      { pim: HOSTED, ...row },
      { pim: PIM, ...row },
    ]);
  });

  it('has to be said once only', async () => {
    await testAws();
    await addPim({ pim: HOSTED, more: [APP_STORE] });
    const { exit, stdout } = await add(PIM);
    expect(exit).toBe(0);
    expect(stdout).toContain('its PIMs are trusted with each other’s tokens');
    expect(await operateJson(['pims', 'show', PIM])).toMatchObject({
      appType: 'app_store',
      callbackUrl: PLAIN,
    });
  });

  it('is said by a suffix', async () => {
    await testAws();
    await addPim({ pim: HOSTED });
    expect((await add(SUFFIX, ALLOW_SUFFIX)).exit).toBe(0);
    expect(await operateJson(['pims', 'show', HOSTED])).toMatchObject({ appType: 'app_store' });
  });

  it('is not said for others by the suffix whose client id changes', async () => {
    await testAws();
    await addPim({ pim: HOSTED });
    await addPim({ pim: SUFFIX, clientId: 'app', more: [ALLOW_SUFFIX] });
    const update = ['pims', 'update', SUFFIX, '--client-id', CLIENT_ID];
    expect((await operate(update)).exit).toBe(2);
    expect(await operateJson(['pims', 'show', HOSTED])).toMatchObject({ appType: 'custom' });
    expect((await operate([...update, APP_STORE])).exit).toBe(0);
  });

  it('is not said by the flag for suffixes beside one PIM', async () => {
    await testAws();
    await addPim({ pim: HOSTED });
    expect((await add(PIM, ALLOW_SUFFIX)).exit).toBe(2);
  });

  it('is refused in an update as well, before a secret is asked for', async () => {
    await testAws();
    await addPim({ pim: HOSTED });
    await addPim({ clientId: 'own' });
    const update = ['pims', 'update', PIM, '--client-id', CLIENT_ID];
    const { exit, questions, stderr } = await operate(update, { answers: [] });
    expect(exit).toBe(2);
    expect(questions).toEqual([]);
    expect(stderr).toContain(APP_STORE);
    expect(await operateJson(['pims', 'show', PIM])).toMatchObject({ clientId: 'own' });
    expect(await operateJson([...update, APP_STORE])).toMatchObject({
      appType: 'app_store',
      callbackUrl: PLAIN,
      alsoAppStore: [HOSTED],
    });
  });

  it('is not asked about again when something else of a shared row is updated', async () => {
    await testAws();
    await addPim({ pim: HOSTED, more: [APP_STORE] });
    await add(PIM);
    const update = ['pims', 'update', PIM, '--client-id', CLIENT_ID, '--label', 'Trusted'];
    expect((await operate(update)).exit).toBe(0);
  });

  it('can be recorded for rows of earlier versions, which share it without saying so', async () => {
    const { dynamoDb } = await testAws();
    await addPim({ pim: HOSTED, more: [APP_STORE] });
    await addPim();
    for (const pim of [HOSTED, PIM])
      await dynamoDb.send(
        new UpdateItemCommand({
          TableName: 'Pims',
          Key: { pim: { S: pim } },
          UpdateExpression: 'REMOVE appType',
        }),
      );
    expect((await add(OTHER_HOSTED)).exit).toBe(2);
    expect(await operateJson(['pims', 'update', PIM, APP_STORE])).toMatchObject({
      appType: 'app_store',
      alsoAppStore: [HOSTED],
    });
    expect((await add(OTHER_HOSTED)).exit).toBe(0);
  });

  it.each(['add', 'update'])('is explained by the help of pims %s', async (name) => {
    const { stdout } = await operate(['pims', name, '--help']);
    expect(stdout).toContain(APP_STORE);
    expect(stdout).toContain('risk');
  });
});

describe('pims update --no-app-store', () => {
  it('gives a PIM with a custom App of its own the callback URL that urls has announced', async () => {
    await testAws();
    await addPim({ pim: HOSTED, more: [APP_STORE] });
    await add(PIM);
    expect((await operate(['urls', PIM])).stdout).toContain(`register ${OWN(PIM)} instead`);
    const argv = ['pims', 'update', PIM, '--client-id', 'own', '--no-app-store'];
    const env = { AKENEO_CLIENT_SECRET: CLIENT_SECRET };
    expect(await operateJson(argv, { env })).toMatchObject({
      appType: 'custom',
      callbackUrl: OWN(PIM),
      alsoAppStore: [],
    });
  });

  it('is refused while other PIMs have the client id, and for a suffix', async () => {
    await testAws();
    await addPim({ pim: HOSTED, more: [APP_STORE] });
    await add(PIM);
    const { exit, stderr } = await operate(['pims', 'update', PIM, '--no-app-store']);
    expect(exit).toBe(2);
    expect(stderr).toContain(`is shared with ${HOSTED}`);
    expect(stderr).toContain('--client-id <id>');
    await add(SUFFIX, ALLOW_SUFFIX);
    expect((await operate(['pims', 'update', SUFFIX, '--no-app-store'])).exit).toBe(2);
  });

  it('leaves a row that changes its client id alone without it the plain URL that is registered', async () => {
    await testAws();
    await addPim({ more: [APP_STORE] });
    const env = { AKENEO_CLIENT_SECRET: CLIENT_SECRET };
    expect(await operateJson(['pims', 'update', PIM, '--client-id', 'own'], { env })).toMatchObject(
      { appType: 'custom', callbackUrl: PLAIN },
    );
  });
});
