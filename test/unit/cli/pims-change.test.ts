import { describe, expect, it } from 'vitest';
import { PimTable } from '../../../cli/stores/pim-table.ts';
import { callbackIdOf } from '../../../functions/pim/callback-id.ts';
import { pimUrl } from '../../support/pim-url.ts';
import {
  clientsWithSecret,
  damageSecret,
  removeSecret,
  storedSecret,
  testAws,
} from './support/aws.ts';
import { NOON, OTHER_SECRET, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

const NEW_CLIENT_ID = 'new-client-id';
const CALLBACK_URL = `https://app.example.com/callback/${callbackIdOf(pimUrl(PIM))}`;

describe('pims list', () => {
  it('says what to do when nothing is listed', async () => {
    await testAws();
    const { exit, stdout } = await operate(['pims', 'list']);
    expect(exit).toBe(0);
    expect(stdout).toContain('pims add <url>');
    expect(await operateJson(['pims', 'list'])).toEqual([]);
  });

  it('prints one line a PIM, sorted', async () => {
    await testAws();
    await addPim({ pim: 'https://b.example.com' });
    await addPim({
      pim: 'https://a.example.com',
      more: ['--label', 'Customer A', '--app-store'],
    });
    const { stdout } = await operate(['pims', 'list']);
    expect(stdout).toBe(
      [
        'PIM                    LABEL       CLIENT ID                             SCOPES  UPDATED',
        `https://a.example.com  Customer A  ${CLIENT_ID}  2       2030-01-01T12:00:00Z`,
        `https://b.example.com  -           ${CLIENT_ID}  2       2030-01-01T12:00:00Z`,
        '',
      ].join('\n'),
    );
  });
});

describe('pims show', () => {
  it('prints the row and whether its secret is there', async () => {
    await testAws();
    await addPim();
    const { stdout } = await operate(['pims', 'show', PIM]);
    expect(stdout).toMatch(/Secret {8}stored .*2030.*\n/);
    expect(stdout).toContain(`Callback URL  ${CALLBACK_URL}\n`);
  });

  it('says for programs what is stored, and since when, without decrypting it', async () => {
    const aws = await testAws();
    await addPim();
    const show = ['pims', 'show', PIM];
    expect(await operateJson(show)).toMatchObject({
      pim: PIM,
      secret: { state: 'stored', changedAt: '2030-01-01T12:00:00.000Z' },
    });
    await damageSecret(CLIENT_ID, aws);
    expect(await operateJson(show)).toMatchObject({
      secret: { state: 'malformed', changedAt: null },
    });
    await removeSecret(CLIENT_ID, aws);
    expect(await operateJson(show)).toMatchObject({ secret: { state: 'absent', changedAt: null } });
    expect(aws.kms.decryptions).toEqual([]);
  });

  it('gives the whole command that stores a missing or malformed secret', async () => {
    const aws = await testAws();
    await addPim();
    const rotate = `npm run app -- pims rotate-secret ${PIM}\n`;
    await damageSecret(CLIENT_ID, aws);
    const { stdout } = await operate(['pims', 'show', PIM]);
    expect(stdout).toContain(`malformed; store it: ${rotate}`);
    await removeSecret(CLIENT_ID, aws);
    expect((await operate(['pims', 'show', PIM])).stdout).toContain(`absent; store it: ${rotate}`);
  });

  it('says that a PIM is not listed, and how to list it', async () => {
    await testAws();
    const { exit, stderr } = await operate(['pims', 'show', PIM]);
    expect(exit).toBe(1);
    expect(stderr).toContain(`pims add ${PIM}`);
  });
});

describe('pims update', () => {
  it('changes what is named and leaves the rest', async () => {
    await testAws();
    await addPim({ more: ['--label', 'Old', '--app-url', 'https://app.example.com/'] });
    const argv = ['pims', 'update', PIM, '--no-app-url', '--label', 'New'];
    expect(await operateJson(argv, { now: () => NOON + 60_000 })).toEqual({
      pim: PIM,
      clientId: CLIENT_ID,
      appType: 'custom',
      callbackUrl: CALLBACK_URL,
      scopes: ['read_products', 'write_categories'],
      appUrl: null,
      tenant: null,
      loginUrl: null,
      redirectUrl: null,
      tenantId: expect.any(String),
      label: 'New',
      movedFrom: null,
      addedAt: '2030-01-01T12:00:00.000Z',
      updatedAt: '2030-01-01T12:01:00.000Z',
    });
  });

  it('warns of rights that a connected App loses, and how to undo it', async () => {
    await testAws();
    await addPim();
    const argv = ['pims', 'update', PIM, '--scopes', 'read_products read_categories'];
    const { exit, stderr } = await operate(argv);
    expect(exit).toBe(0);
    expect(stderr).toContain('lose write_categories');
    expect(stderr).toContain('--scopes "read_products write_categories"');
  });

  it('warns of nothing when rights are only added', async () => {
    await testAws();
    await addPim();
    const argv = ['pims', 'update', PIM, '--scopes', 'write_products write_categories'];
    expect((await operate(argv)).stderr).toBe('');
  });

  it('takes the secret of a new client id, and releases the old one', async () => {
    const aws = await testAws();
    await addPim();
    const argv = ['pims', 'update', PIM, '--client-id', NEW_CLIENT_ID];
    const { exit, stdout } = await operate(argv, { answers: [OTHER_SECRET] });
    expect(exit).toBe(0);
    expect(stdout).toContain(`The secret of ${CLIENT_ID} is deleted.`);
    expect(await clientsWithSecret(aws)).toEqual([NEW_CLIENT_ID]);
    expect(await storedSecret(NEW_CLIENT_ID, aws)).toBe(OTHER_SECRET);
  });

  it('asks for no secret that is stored already, and names the PIMs that use it', async () => {
    await testAws();
    await addPim();
    await addPim({ pim: 'https://b.example.com', clientId: NEW_CLIENT_ID });
    const argv = ['pims', 'update', PIM, '--client-id', NEW_CLIENT_ID, '--app-store'];
    const { exit, questions, stdout } = await operate(argv, { answers: [] });
    expect(exit).toBe(0);
    expect(questions).toEqual([]);
    expect(stdout).toContain(`It is used by: https://b.example.com, ${PIM}.\n`);
  });

  it('says for programs what became of both secrets', async () => {
    await testAws();
    await addPim();
    const argv = ['pims', 'update', PIM, '--client-id', NEW_CLIENT_ID];
    const env = { AKENEO_CLIENT_SECRET: OTHER_SECRET };
    expect(await operateJson(argv, { env })).toMatchObject({
      secret: { stored: 'created' },
      usedBy: [PIM],
      previousClient: { clientId: CLIENT_ID, secret: 'deleted' },
      appType: 'custom',
      callbackUrl: CALLBACK_URL,
      alsoAppStore: [],
    });
  });

  it('asks what to change when nothing is named', async () => {
    await testAws();
    await addPim();
    const { exit, stderr } = await operate(['pims', 'update', PIM]);
    expect(exit).toBe(2);
    expect(stderr).toContain('--no-app-url');
  });
});

describe('PimTable', () => {
  it('never undoes a change that somebody else made meanwhile', async () => {
    const { dynamoDb } = await testAws();
    await addPim();
    const table = new PimTable(dynamoDb, 'Pims');
    const read = await table.find(PIM);
    if (!read) throw new Error('not listed');
    const mine = { ...read, label: 'Mine', updatedAt: NOON + 1 };
    const theirs = { ...read, label: 'Theirs', updatedAt: NOON + 2 };
    expect(await table.replace(read, theirs)).toBe(true);
    expect(await table.replace(read, mine)).toBe(false);
    expect(await table.add(mine)).toBe(false);
    expect(await table.find(PIM)).toEqual(theirs);
  });
});
