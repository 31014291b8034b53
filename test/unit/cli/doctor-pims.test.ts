import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { CONNECTION_FAILURE_TEXTS } from '../../../functions/pim/connection-failure.ts';
import { untrustedServer } from '../../support/tls.ts';
import { damageSecret, removeSecret } from './support/aws.ts';
import { testDeployment } from './support/deployment.ts';
import { failedChecks, pimThatAnswers, simulatedPim } from './support/doctor.ts';
import { operate } from './support/operate.ts';
import { addPim, CLIENT_ID } from './support/pims.ts';

describe('doctor, of the listed PIMs', () => {
  it('says how to list the first PIM, and fails until there is one', async () => {
    await testDeployment();
    const { exit, stdout, stderr } = await operate(['doctor']);
    expect(exit).toBe(1);
    expect(stdout).toContain('✗ Listed PIM  no PIM is listed, so nobody can connect\n    next: ');
    expect(stderr).toContain('1 of 11 checks failed.');
  });

  it('prints the URLs of each, and says which are too long', async () => {
    const { cloudFormation } = await testDeployment();
    const pim = await simulatedPim();
    await addPim({ pim });
    await addPim({ pim: `${pim}/two`, clientId: 'shared', more: ['--app-store'] });
    cloudFormation.outputs['CallbackUrl'] = `${cloudFormation.outputs['ActivateUrl']}/`.padEnd(
      255,
      'x',
    );
    const red = await failedChecks();
    expect(red['URLs of a PIM']?.detail).toContain(`${pim}: `);
    expect(red['URLs of a PIM']?.detail).toContain('it has 282 characters');
  });

  it('says that a row of an earlier version shares its client id', async () => {
    const { dynamoDb } = await testDeployment();
    const pim = await simulatedPim();
    await addPim({ pim, more: ['--app-store'] });
    await addPim({ pim: `${pim}/two` });
    expect((await failedChecks())['URLs of a PIM']).toBeUndefined();
    const Key = { pim: { S: pim } };
    const UpdateExpression = 'REMOVE appType';
    await dynamoDb.send(new UpdateItemCommand({ TableName: 'Pims', Key, UpdateExpression }));
    expect((await failedChecks())['URLs of a PIM']).toMatchObject({
      detail: expect.stringContaining(`its client id is that of ${pim}/two as well`),
      next: expect.stringContaining(`pims update ${pim} --app-store`),
    });
  });

  it('opens a suffix by a name that no PIM has, and asks no PIM', async () => {
    await testDeployment();
    await addPim({ pim: '*.cloud.akeneo.com', more: ['--dangerously-allow-suffix'] });
    const { exit, stdout } = await operate(['doctor']);
    expect(exit).toBe(0);
    expect(stdout).toContain('✓ Listed PIM  https://activation-probe.cloud.akeneo.com is sent');
    expect(stdout).not.toContain('PIM answers');
  });

  it.each([
    [404, {}, '', 'Apps are switched off'],
    [302, { location: 'https://login.example.com/x?CANARY' }, '', 'https://login.example.com)'],
    [403, {}, '', 'asks for a login'],
    [500, {}, 'broken', 'look at its log'],
  ])('says what a PIM means that answers %i', async (status, headers, body, advice) => {
    await testDeployment();
    await addPim({ pim: await pimThatAnswers(status, headers, body) });
    expect((await failedChecks())['PIM answers']?.next).toContain(advice);
  });

  it('takes a PIM that has no OpenID keys yet', async () => {
    await testDeployment();
    await addPim({ pim: await pimThatAnswers(500, {}, '"No OpenId keys"') });
    expect(await failedChecks()).toEqual({});
  });

  it('says what to do about missing OpenID keys when the App asks for openid', async () => {
    await testDeployment();
    const pim = await pimThatAnswers(500, {}, '"No OpenId keys"');
    await addPim({ pim, scopes: 'openid read_products' });
    expect((await failedChecks())['PIM answers']).toMatchObject({
      detail: `${pim} has Apps switched on, but no OpenID keys yet`,
      next: expect.stringContaining('take openid out of the scopes'),
    });
  });

  it('says what to do about a certificate, in the words of the runbook', async () => {
    await testDeployment();
    const pim = await untrustedServer();
    await addPim({ pim });
    expect((await failedChecks())['PIM answers']).toMatchObject({
      detail: `${pim} has a self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)`,
      next: CONNECTION_FAILURE_TEXTS['certificate-self-signed'].next,
    });
  });

  it('says which PIM does not answer, of any number', async () => {
    await testDeployment();
    const up = await pimThatAnswers(200);
    const paths = Array.from({ length: 9 }, (_, index) => `${up}/${index}`);
    for (const pim of [...paths, 'http://127.0.0.1:1'])
      await addPim({ pim, more: ['--app-store'] });
    const { stdout } = await operate(['doctor']);
    expect(stdout.match(/✓ PIM answers/g)).toHaveLength(9);
    expect(stdout).toContain('✗ PIM answers  http://127.0.0.1:1 refuses connections');
  });

  it('notices a row that this stack would never serve', async () => {
    const { cloudFormation } = await testDeployment();
    await addPim({ pim: await simulatedPim() });
    cloudFormation.outputs['Stage'] = 'production';
    expect((await failedChecks())['PIM answers']?.detail).toContain(
      'not an address that this stack accepts',
    );
  });

  it('says which secret is missing or malformed', async () => {
    const aws = await testDeployment();
    const pim = await simulatedPim();
    await addPim({ pim });
    await damageSecret(CLIENT_ID, aws);
    expect((await failedChecks())['Client secret']?.detail).toBe(`of ${CLIENT_ID} is malformed`);
    await removeSecret(CLIENT_ID, aws);
    expect((await failedChecks())['Client secret']).toMatchObject({
      detail: `of ${CLIENT_ID} is missing`,
      next: expect.stringContaining(`pims rotate-secret ${pim}`),
    });
  });
});
