import { describe, expect, it } from 'vitest';
import { SECRETS_PREFIX, testAws } from './support/aws.ts';
import { operate, operateJson } from './support/operate.ts';
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

  it('has the secret deleted after seven days, and says so', async () => {
    const { secretsManager } = await testAws();
    await addPim();
    const { exit, stdout } = await operate(['pims', 'remove', PIM], { answers: [true] });
    expect(exit).toBe(0);
    expect(stdout).toContain('deleted in 7 days');
    expect(secretsManager.secrets.get(SECRETS_PREFIX + CLIENT_ID)?.deletedIn).toBe(7);
  });

  it('keeps a secret that another PIM uses', async () => {
    const { secretsManager } = await testAws();
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
    expect(secretsManager.secrets.get(SECRETS_PREFIX + CLIENT_ID)?.deletedIn).toBeUndefined();
  });

  it('leaves a secret that is being deleted already to its date', async () => {
    const { secretsManager } = await testAws();
    await addPim();
    for (const secret of secretsManager.secrets.values()) secret.deletedIn = 3;
    const { exit, stdout } = await operate(['pims', 'remove', PIM, '--yes']);
    expect(exit).toBe(0);
    expect(stdout).toContain('is being deleted already');
    expect(secretsManager.secrets.get(SECRETS_PREFIX + CLIENT_ID)?.deletedIn).toBe(3);
  });

  it('removes a PIM whose secret is gone already', async () => {
    const { secretsManager } = await testAws();
    await addPim();
    secretsManager.secrets.clear();
    const { exit, stdout } = await operate(['pims', 'remove', PIM, '--yes']);
    expect(exit).toBe(0);
    expect(stdout).toContain('no secret');
  });
});
