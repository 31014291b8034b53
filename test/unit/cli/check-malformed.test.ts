import { describe, expect, it } from 'vitest';
import { testAws } from './support/aws.ts';
import { connect, damage, pimThatAnswers } from './support/connections.ts';
import { operate, operateJson } from './support/operate.ts';
import { CLIENT_ID, PIM } from './support/pims.ts';

const CHECK = ['connections', 'check'];
const PROBLEM = 'A row of Connections has no usable "tokenFingerprint".';

describe('connections check of a row that somebody changed by hand', () => {
  it('names the attribute, for one PIM as for all', async () => {
    const aws = await testAws();
    await connect(aws);
    await damage(aws, 'tokenFingerprint');
    for (const argv of [[...CHECK, PIM], CHECK]) {
      const { exit, stdout, stderr } = await operate(argv);
      expect(exit).toBe(1);
      expect(stdout).toContain(`(client id ${CLIENT_ID})  could not be checked: ${PROBLEM}\n`);
      expect(stderr).toContain('1 of 1 connections are in trouble.');
    }
  });

  it('checks the other connections of the PIM all the same', async () => {
    const aws = await testAws({ Stage: 'development' });
    const { pim } = await pimThatAnswers(aws, 200, {}, '{"version":"master","edition":"CE"}');
    await connect(aws, { pim, clientId: 'another' });
    await damage(aws, 'tokenFingerprint', { pim, clientId: 'another' });
    expect(await operateJson([...CHECK, pim])).toMatchObject({
      byHealth: { connected: 1 },
      failed: 1,
      troubles: [{ kind: 'failed', pim, clientId: 'another', problem: PROBLEM }],
    });
  });

  it('sends no token to an address that the stack no longer accepts', async () => {
    const aws = await testAws();
    const { pim, received } = await pimThatAnswers(aws, 200);
    expect(await operateJson(CHECK)).toMatchObject({
      troubles: [{ kind: 'failed', pim, problem: 'pim: not-https' }],
    });
    expect(received).toEqual([]);
  });
});

describe('connections check without its table', () => {
  it('explains it as every other command does, although the sweep hides the cause', async () => {
    await testAws({ ConnectionsTable: 'NoSuchTable' });
    const { exit, stderr } = await operate(CHECK);
    expect(exit).toBe(1);
    expect(stderr).toContain('A table of the stack does not exist.');
  });
});
