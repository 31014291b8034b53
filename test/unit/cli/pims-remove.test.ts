import { describe, expect, it } from 'vitest';
import {
  clientsWithSecret,
  damageSecret,
  removeSecret,
  storedSecret,
  testAws,
} from './support/aws.ts';
import { CLIENT_SECRET, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

describe('pims remove', () => {
  it('asks first, and takes no for Ctrl-C', async () => {
    await testAws();
    await addPim();
    const { exit, questions } = await operate(['pims', 'remove', PIM], { answers: [false] });
    expect(exit).toBe(130);
    expect(questions).toEqual([expect.stringContaining(PIM)]);
    expect(await operateJson(['pims', 'list'])).toHaveLength(1);
  });

  it('needs --yes when nobody is there to ask', async () => {
    await testAws();
    await addPim();
    const { exit, stderr } = await operate(['pims', 'remove', PIM]);
    expect(exit).toBe(2);
    expect(stderr).toContain('--yes');
  });

  it('deletes the secret, and says so', async () => {
    const aws = await testAws();
    await addPim();
    const { exit, stdout } = await operate(['pims', 'remove', PIM], { answers: [true] });
    expect(exit).toBe(0);
    expect(stdout).toContain(`The secret of ${CLIENT_ID} is deleted.`);
    expect(await clientsWithSecret(aws)).toEqual([]);
  });

  it('keeps a secret that another PIM uses', async () => {
    const aws = await testAws();
    await addPim();
    await addPim({
      pim: '*.cloud.akeneo.com',
      more: ['--dangerously-allow-suffix', '--app-store'],
    });
    expect(await operateJson(['pims', 'remove', PIM, '--yes'])).toEqual({
      pim: PIM,
      clientId: CLIENT_ID,
      removed: true,
      flows: 0,
      stillCoveredBy: [],
      secret: 'kept',
      usedBy: ['*.cloud.akeneo.com'],
    });
    expect(await storedSecret(CLIENT_ID, aws)).toBe(CLIENT_SECRET);
  });

  it('deletes the row of a malformed secret as well', async () => {
    const aws = await testAws();
    await addPim();
    await damageSecret(CLIENT_ID, aws);
    expect(await operateJson(['pims', 'remove', PIM, '--yes'])).toMatchObject({
      removed: true,
      secret: 'deleted',
    });
    expect(await clientsWithSecret(aws)).toEqual([]);
  });

  it('removes a PIM whose secret is gone already', async () => {
    const aws = await testAws();
    await addPim();
    await removeSecret(CLIENT_ID, aws);
    expect(await operateJson(['pims', 'remove', PIM, '--yes'])).toMatchObject({
      removed: true,
      secret: 'absent',
    });
    expect(await operateJson(['pims', 'list'])).toEqual([]);
  });
});
