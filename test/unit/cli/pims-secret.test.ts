import { describe, expect, it } from 'vitest';
import { SECRETS_PREFIX, testAws } from './support/aws.ts';
import { OTHER_SECRET, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

describe('pims rotate-secret', () => {
  it('replaces the secret, and names every PIM that uses it', async () => {
    const { secretsManager } = await testAws();
    await addPim();
    await addPim({ pim: 'https://a.example.com', more: ['--app-store'] });
    const env = { AKENEO_CLIENT_SECRET: OTHER_SECRET };
    const { exit, stdout } = await operate(['pims', 'rotate-secret', PIM], { env });
    expect(exit).toBe(0);
    expect(stdout).toContain(`used by: https://a.example.com, ${PIM}`);
    expect(secretsManager.secrets.get(SECRETS_PREFIX + CLIENT_ID)?.value).toBe(OTHER_SECRET);
  });

  it('stores a secret that was missing', async () => {
    const { secretsManager } = await testAws();
    await addPim();
    secretsManager.secrets.clear();
    const answers = [OTHER_SECRET];
    expect(await operateJson(['pims', 'rotate-secret', PIM], { answers })).toEqual({
      pim: PIM,
      clientId: CLIENT_ID,
      secret: { name: SECRETS_PREFIX + CLIENT_ID, stored: 'created' },
      usedBy: [PIM],
    });
  });

  it('stores nothing for a PIM that is not listed', async () => {
    const { secretsManager } = await testAws();
    const { exit } = await operate(['pims', 'rotate-secret', PIM], { answers: [OTHER_SECRET] });
    expect(exit).toBe(1);
    expect(secretsManager.operations).toEqual([]);
  });
});
