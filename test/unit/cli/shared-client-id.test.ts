import { describe, expect, it } from 'vitest';
import { ALLOW_FOREIGN_SUFFIX, SHARE_CLIENT_ID } from '../../../cli/pims/policy.ts';
import { SECRETS_PREFIX, testAws } from './support/aws.ts';
import { CLIENT_SECRET, OTHER_SECRET, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

const HOSTED = 'https://a.cloud.akeneo.com';
const SUFFIX = '*.cloud.akeneo.com';
const OTHER_PIM = 'https://other.example.com';
const SUFFIX_FLAGS = ['--allow-suffix', ALLOW_FOREIGN_SUFFIX];

function add(pim: string, ...flags: string[]) {
  const argv = ['pims', 'add', pim, '--scopes', 'read_products', ...SUFFIX_FLAGS, ...flags];
  const env = { AKENEO_CLIENT_ID: CLIENT_ID, AKENEO_CLIENT_SECRET: OTHER_SECRET };
  return operate(argv, { env });
}

// A PIM that somebody else operates could be listed under the client id of an App Store App, which let it obtain the
// tokens of all other PIMs: test/flow/mix-up.test.ts shows how.
describe('a client id that PIMs would share', () => {
  it.each([
    [PIM, HOSTED],
    [PIM, SUFFIX],
    [PIM, OTHER_PIM],
    ['*.example.com', HOSTED],
    ['https://cloud.akeneo.com.example.com', HOSTED],
    [HOSTED, PIM],
    [SUFFIX, PIM],
  ])('is refused for %s beside %s, with nothing stored', async (pim, first) => {
    const { secretsManager } = await testAws();
    await addPim({ pim: first, more: SUFFIX_FLAGS });
    const { exit, stderr } = await add(pim);
    expect(exit).toBe(2);
    expect(stderr).toContain('could get the tokens of the others');
    expect(stderr).toContain(`repeat the command with ${SHARE_CLIENT_ID}`);
    expect(await operateJson(['pims', 'list'])).toMatchObject([{ pim: first }]);
    expect(secretsManager.secrets.get(SECRETS_PREFIX + CLIENT_ID)?.value).toBe(CLIENT_SECRET);
  });

  it.each([
    [HOSTED, SUFFIX],
    [SUFFIX, HOSTED],
    ['https://b.cloud.akeneo.com', HOSTED],
  ])('is taken for %s beside %s: Akeneo operates both', async (pim, first) => {
    await testAws();
    await addPim({ pim: first, more: SUFFIX_FLAGS });
    expect((await add(pim)).exit).toBe(0);
  });

  it('is taken with the flag, and the PIM that needs it is named without', async () => {
    await testAws();
    await addPim({ pim: SUFFIX, more: SUFFIX_FLAGS });
    expect((await add(PIM)).stderr).toContain(`Akeneo does not operate ${PIM}.`);
    expect((await add(PIM, SHARE_CLIENT_ID)).exit).toBe(0);
    expect((await add(HOSTED)).stderr).toContain(`Akeneo does not operate ${PIM}.`);
  });

  it('is taken for PIMs on this machine, in development only', async () => {
    const { cloudFormation } = await testAws({ Stage: 'development' });
    await addPim({ pim: 'http://localhost:8080' });
    expect((await add('http://localhost:8081')).exit).toBe(0);
    expect((await add(PIM)).exit).toBe(2);
    cloudFormation.outputs['Stage'] = 'production';
    expect((await add('https://localhost:8082')).exit).toBe(2);
  });

  it('is refused in an update as well, before a secret is asked for', async () => {
    await testAws();
    await addPim({ pim: SUFFIX, more: SUFFIX_FLAGS });
    await addPim({ clientId: 'own' });
    const update = ['pims', 'update', PIM, '--client-id', CLIENT_ID];
    const { exit, questions, stderr } = await operate(update, { answers: [] });
    expect(exit).toBe(2);
    expect(questions).toEqual([]);
    expect(stderr).toContain(SHARE_CLIENT_ID);
    expect(await operateJson(['pims', 'show', PIM])).toMatchObject({ clientId: 'own' });
    expect((await operate([...update, SHARE_CLIENT_ID])).exit).toBe(0);
  });

  it('is not asked about again when something else of a shared row is updated', async () => {
    await testAws();
    await addPim({ pim: SUFFIX, more: SUFFIX_FLAGS });
    await add(PIM, SHARE_CLIENT_ID);
    const update = ['pims', 'update', PIM, '--client-id', CLIENT_ID, '--label', 'Trusted'];
    expect((await operate(update)).exit).toBe(0);
  });

  it.each(['add', 'update'])('is explained by the help of pims %s', async (name) => {
    const { stdout } = await operate(['pims', name, '--help']);
    expect(stdout).toContain(SHARE_CLIENT_ID);
    expect(stdout).toContain('Akeneo operates all of them');
  });
});
