import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { DEAD_STATUSES } from '../../../functions/activation/connection-status.ts';
import { httpServer } from '../../support/http-server.ts';
import { type TestAws, testAws } from './support/aws.ts';
import { type ConnectedPim, connect, connectedPim, pimThatAnswers } from './support/connections.ts';
import { type Keyboard, operate, operateJson, TOKEN } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

const NOTIFY = ['connections', 'notify-scopes'];

/** A stack that takes PIMs on this machine. */
function development(): Promise<TestAws> {
  return testAws({ Stage: 'development' });
}

/** A connected PIM for which more is listed than was granted. */
async function laggingPim(aws: TestAws): Promise<ConnectedPim> {
  const connected = await connectedPim(aws);
  await addPim({ pim: connected.url, clientId: connected.clientId });
  return connected;
}

/** Whether the PIM shows its users that the App wants more. */
async function isPrompting({ user }: ConnectedPim): Promise<boolean> {
  const { body } = await user.session.get(`${user.pimUrl}/rest/simulator/state`);
  return body.includes('"hasOutdatedScopes":true');
}

describe('connections notify-scopes', () => {
  it('has a lagging PIM prompt its users', async () => {
    const aws = await development();
    const lagging = await laggingPim(aws);
    expect(await isPrompting(lagging)).toBe(false);
    const { exit, stdout } = await operate([...NOTIFY, '--yes']);
    expect(exit).toBe(0);
    expect(stdout).toBe(`✓ ${lagging.url}  was asked to prompt its users: write_categories\n`);
    expect(await isPrompting(lagging)).toBe(true);
  });

  it('sends the full list and the token to the PIM, in the form of its protocol', async () => {
    const aws = await development();
    const { pim, received } = await pimThatAnswers(aws, 200, {}, '"Ok"');
    await addPim({ pim });
    expect(await operateJson([...NOTIFY, pim, '--yes'])).toEqual([
      { pim, clientId: CLIENT_ID, missingScopes: ['write_categories'], outcome: 'asked' },
    ]);
    expect(received).toMatchObject([
      {
        method: 'POST',
        path: '/connect/apps/v1/scopes/update?scopes=read_products%20write_categories',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: '',
      },
    ]);
    expect(aws.kms.decryptions).toMatchObject([
      { EncryptionContext: { pim, clientId: CLIENT_ID }, KeyId: expect.any(String) },
    ]);
  });

  it('asks one PIM after the other, and goes on after one that fails', async () => {
    const aws = await development();
    const broken = await pimThatAnswers(aws, 500);
    await addPim({ pim: broken.pim });
    const lagging = await laggingPim(aws);
    const { exit, stdout, stderr } = await operate([...NOTIFY, '--yes']);
    expect(exit).toBe(1);
    expect(stdout).toContain(`✗ ${broken.pim}  answered with 500`);
    expect(stdout).toContain(`✓ ${lagging.url}  was asked`);
    expect(stderr).toContain('1 of 2 PIMs could not be asked.');
  });

  it('says that the App was disconnected', async () => {
    const aws = await development();
    const { url, pim, clientId } = await laggingPim(aws);
    pim.disconnect(clientId);
    const { exit, stdout } = await operate([...NOTIFY, url, '--yes']);
    expect(exit).toBe(1);
    expect(stdout).toContain(`✗ ${url}  says that the App was disconnected`);
  });

  it('says that the token was replaced', async () => {
    const aws = await development();
    const { url, clientId } = await laggingPim(aws);
    await connect(aws, { pim: url, clientId, token: `${TOKEN}Unknown` });
    const { exit, stdout } = await operate([...NOTIFY, url, '--yes']);
    expect(exit).toBe(1);
    expect(stdout).toContain(`✗ ${url}  has replaced the token by a newer one`);
    expect(stdout).toContain(DEAD_STATUSES.replaced.next);
  });

  it.each([
    [200, {}, '<html>', 'unexpected-answer'],
    [200, {}, '"Not ok"', 'unexpected-answer'],
    [302, { location: 'https://elsewhere.example.com' }, '', 'unexpected-answer'],
    [401, {}, '<html>', 'unexpected-answer'],
    [403, {}, '{"code":403,"message":"Not an authenticated App"}', 'forbidden'],
    [429, { 'retry-after': '1' }, '', 'throttled'],
    [503, {}, '', 'unreachable'],
  ])('takes %i %j %j for what it is', async (status, headers, body, outcome) => {
    const aws = await development();
    const { pim, received } = await pimThatAnswers(aws, status, headers, body);
    await addPim({ pim });
    expect(await operateJson([...NOTIFY, '--yes'])).toMatchObject([{ pim, outcome }]);
    expect(received).toHaveLength(1);
  });

  it('says that a PIM cannot be reached', async () => {
    const aws = await development();
    await connect(aws, { pim: 'http://127.0.0.1:1' });
    await addPim({ pim: 'http://127.0.0.1:1' });
    expect((await operate([...NOTIFY, '--yes'])).stdout).toContain('refuses connections');
  });

  it('sends no token that was stored for another PIM', async () => {
    const aws = await development();
    const { pim, received } = await pimThatAnswers(aws, 200, {}, '"Ok"');
    await addPim({ pim });
    await connect(aws);
    await moveConnection(aws, PIM, pim);
    expect(await operateJson([...NOTIFY, pim, '--yes'])).toMatchObject([
      { outcome: 'token-unreadable' },
    ]);
    expect(received).toEqual([]);
  });

  it('names the right that is missing, once', async () => {
    const aws = await development();
    await laggingPim(aws);
    const message = 'User is not authorized to perform: kms:Decrypt on resource: CANARY';
    const body = JSON.stringify({ __type: 'AccessDeniedException', message });
    aws.kms.fail({ status: 400, body });
    const { exit, stderr } = await operate([...NOTIFY, '--yes']);
    expect(exit).toBe(1);
    expect(stderr).toContain('kms:Decrypt is missing');
  });

  it('asks first, with every PIM and scope on the screen', async () => {
    const aws = await testAws();
    await addPim({ pim: '*.cloud.akeneo.com', more: ['--dangerously-allow-suffix'] });
    await connect(aws, { pim: 'https://a.cloud.akeneo.com' });
    await connect(aws, { pim: 'https://b.cloud.akeneo.com' });
    const { exit, stderr, questions } = await operate(NOTIFY, { answers: [false] });
    expect(exit).toBe(130);
    expect(questions).toEqual(['Ask 2 PIMs to prompt their users for these scopes?']);
    expect(stderr).toContain(
      `https://b.cloud.akeneo.com (client id ${CLIENT_ID}) lacks write_categories\n`,
    );
  });

  it('needs --yes when nobody is there to ask', async () => {
    const aws = await testAws();
    await addPim();
    await connect(aws);
    const { exit, stderr } = await operate(NOTIFY);
    expect(exit).toBe(2);
    expect(stderr).toContain('--yes');
  });

  it('has nothing to do when everything was granted, or for another client id', async () => {
    const aws = await testAws();
    await addPim();
    await connect(aws, { granted: 'delete_products write_categories' });
    const { exit, stdout } = await operate(NOTIFY);
    expect(exit).toBe(0);
    expect(stdout).toContain('nobody has to be asked');
    await connect(aws);
    expect(await operateJson([...NOTIFY, '--client-id', 'other'])).toEqual([]);
  });

  it('says that a PIM has not connected', async () => {
    await testAws();
    const { exit, stderr } = await operate([...NOTIFY, PIM]);
    expect(exit).toBe(1);
    expect(stderr).toContain(`${PIM} has not connected`);
  });

  it('stops at Ctrl-C after the PIM that is being asked, and tells what was done', async () => {
    const aws = await development();
    const keyboard: Keyboard = {};
    const { url, received } = await httpServer((response) => {
      keyboard.ctrlC?.();
      response.end('"Ok"');
    });
    for (const pim of [`${url}/a`, `${url}/b`]) {
      await connect(aws, { pim });
      await addPim({ pim, more: ['--app-store'] });
    }
    const { exit, stdout, stderr } = await operate([...NOTIFY, '--yes'], { keyboard });
    expect(exit).toBe(130);
    expect(stdout).toContain(`✓ ${url}/a  was asked`);
    expect(stderr).toContain('Interrupted');
    expect(received).toHaveLength(1);
    expect(keyboard.ctrlC).toBeUndefined();
  });
});

/** Puts a connection under another PIM, as somebody with access to the table could. */
async function moveConnection({ dynamoDb }: TestAws, from: string, to: string): Promise<void> {
  const Key = { pim: { S: from }, clientId: { S: CLIENT_ID } };
  const read = await dynamoDb.send(new GetItemCommand({ TableName: 'Connections', Key }));
  const Item = { ...read.Item, pim: { S: to } };
  await dynamoDb.send(new PutItemCommand({ TableName: 'Connections', Item }));
}
