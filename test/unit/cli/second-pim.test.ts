import { describe, expect, it } from 'vitest';
import { clientsWithSecret, damageSecret, storedSecret, testAws } from './support/aws.ts';
import { CLIENT_SECRET, OTHER_SECRET, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID } from './support/pims.ts';

const PIM = 'https://first.cloud.akeneo.com';
const SECOND = 'https://second.cloud.akeneo.com';
const ADD = ['pims', 'add', SECOND, '--scopes', 'read_products', '--client-id', CLIENT_ID];

/** An App Store app with one PIM, and what is stored of it. */
async function appWithOnePim() {
  const aws = await testAws();
  await addPim({ pim: PIM, more: ['--app-store'] });
  return { aws, secret: () => storedSecret(CLIENT_ID, aws) };
}

describe('a second PIM of an App Store app', () => {
  it('keeps the secret of the first one, and nobody is asked for it', async () => {
    const { aws, secret } = await appWithOnePim();
    const { exit, stdout, questions } = await operate(ADD, { answers: [] });
    expect(exit).toBe(0);
    expect(questions).toEqual([]);
    expect(stdout).toContain(
      `The secret of ${CLIENT_ID} was stored already and is kept (a new one: npm run app -- pims rotate-secret ${SECOND}). It is used by: ${PIM}, ${SECOND}.\n`,
    );
    expect(await secret()).toBe(CLIENT_SECRET);
    expect(await clientsWithSecret(aws)).toEqual([CLIENT_ID]);
  });

  it('is added in a script that knows no secret', async () => {
    await appWithOnePim();
    expect(await operateJson(ADD)).toMatchObject({
      secret: { stored: 'kept' },
      usedBy: [PIM, SECOND],
    });
  });

  it('replaces the secret of all its PIMs by that of the environment, and names them', async () => {
    const { secret } = await appWithOnePim();
    const env = { AKENEO_CLIENT_SECRET: OTHER_SECRET };
    const { stdout } = await operate(ADD, { env });
    expect(stdout).toContain(
      `The secret of ${CLIENT_ID} was replaced. It is used by: ${PIM}, ${SECOND}.\n`,
    );
    expect(await secret()).toBe(OTHER_SECRET);
  });

  it('returns for programs which PIMs a replaced secret serves', async () => {
    await appWithOnePim();
    const env = { AKENEO_CLIENT_SECRET: OTHER_SECRET };
    expect(await operateJson(ADD, { env })).toMatchObject({
      secret: { stored: 'replaced' },
      usedBy: [PIM, SECOND],
    });
  });

  it('needs a secret when the row of the stored one is malformed', async () => {
    const { aws, secret } = await appWithOnePim();
    await damageSecret(CLIENT_ID, aws);
    const { exit, questions } = await operate(ADD, { answers: [OTHER_SECRET] });
    expect(exit).toBe(0);
    expect(questions).toEqual([`[no echo] Client secret of ${CLIENT_ID}`]);
    expect(await secret()).toBe(OTHER_SECRET);
  });
});
