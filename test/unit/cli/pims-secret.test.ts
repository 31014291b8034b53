import { describe, expect, it } from 'vitest';
import {
  clientsWithSecret,
  damageSecret,
  removeSecret,
  storedSecret,
  testAws,
} from './support/aws.ts';
import { CLIENT_SECRET, OTHER_SECRET, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

describe('pims rotate-secret', () => {
  it('replaces the secret, and names every PIM that uses it', async () => {
    const aws = await testAws();
    await addPim();
    await addPim({ pim: 'https://a.example.com', more: ['--app-store'] });
    const env = { AKENEO_CLIENT_SECRET: OTHER_SECRET };
    const { exit, stdout } = await operate(['pims', 'rotate-secret', PIM], { env });
    expect(exit).toBe(0);
    expect(stdout).toContain(`used by: https://a.example.com, ${PIM}`);
    expect(await storedSecret(CLIENT_ID, aws)).toBe(OTHER_SECRET);
  });

  it('stores a secret that was missing', async () => {
    const aws = await testAws();
    await addPim();
    await removeSecret(CLIENT_ID, aws);
    const answers = [OTHER_SECRET];
    expect(await operateJson(['pims', 'rotate-secret', PIM], { answers })).toEqual({
      pim: PIM,
      clientId: CLIENT_ID,
      secret: { stored: 'created' },
      usedBy: [PIM],
    });
  });

  it('mends a row that somebody changed by hand', async () => {
    const aws = await testAws();
    await addPim();
    await damageSecret(CLIENT_ID, aws);
    const env = { AKENEO_CLIENT_SECRET: OTHER_SECRET };
    expect(await operateJson(['pims', 'rotate-secret', PIM], { env })).toMatchObject({
      secret: { stored: 'replaced' },
    });
    expect(await storedSecret(CLIENT_ID, aws)).toBe(OTHER_SECRET);
    expect(await operateJson(['pims', 'show', PIM])).toMatchObject({ secret: { state: 'stored' } });
  });

  it('keeps the old secret when KMS encrypts no new one', async () => {
    const aws = await testAws();
    await addPim();
    const error = { __type: 'DisabledException', message: `refused: ${OTHER_SECRET}` };
    aws.kms.failToEncrypt({ status: 400, body: JSON.stringify(error) });
    const env = { AKENEO_CLIENT_SECRET: OTHER_SECRET };
    const { exit, stderr } = await operate(['pims', 'rotate-secret', PIM], { env });
    expect(exit).toBe(1);
    expect(stderr).toContain('AWS refused the request: DisabledException');
    expect(await storedSecret(CLIENT_ID, aws)).toBe(CLIENT_SECRET);
  });

  it('stores nothing for a PIM that is not listed', async () => {
    const aws = await testAws();
    const { exit } = await operate(['pims', 'rotate-secret', PIM], { answers: [OTHER_SECRET] });
    expect(exit).toBe(1);
    expect(await clientsWithSecret(aws)).toEqual([]);
  });
});
