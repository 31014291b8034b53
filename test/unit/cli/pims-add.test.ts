import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { awsClients } from '../../../cli/session.ts';
import { callbackIdOf } from '../../../functions/pim/callback-id.ts';
import { isMalformed } from '../../../functions/pim/malformed.ts';
import { PimUrl } from '../../../functions/pim/pim-url.ts';
import { DynamoDbPimDirectory } from '../../../functions/store/pim-directory.ts';
import { SECRET_KEY_ID } from '../../support/fake-kms.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { clientsWithSecret, storedSecret, testAws } from './support/aws.ts';
import { CLIENT_SECRET, OTHER_SECRET, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

const ENV = { AKENEO_CLIENT_ID: CLIENT_ID, AKENEO_CLIENT_SECRET: CLIENT_SECRET };
const ID = callbackIdOf(pimUrl(PIM));
const SCOPES = ['--scopes', 'read_products openid'];

function find(raw: string) {
  const parsed = PimUrl.parse(raw, { dangerouslyAllowHttpOnLoopback: true });
  if (isMalformed(parsed)) throw new Error(parsed.problem);
  return new DynamoDbPimDirectory(awsClients({}).dynamoDb, 'Pims').find(parsed);
}

describe('pims add', () => {
  it('writes what the functions read: the row and the secret', async () => {
    const aws = await testAws();
    const argv = [
      'pims',
      'add',
      'HTTPS://PIM.example.com:443/',
      ...SCOPES,
      '--label',
      'Customer A',
    ];
    const { exit } = await operate([...argv, '--app-url', 'https://app.example.com/hi'], {
      env: ENV,
    });
    expect(exit).toBe(0);
    expect(await find(PIM)).toEqual({
      clientId: CLIENT_ID,
      scopes: ['openid', 'read_products'],
      callbackId: ID,
      appUrl: 'https://app.example.com/hi',
    });
    expect(await storedSecret(CLIENT_ID, aws)).toBe(CLIENT_SECRET);
  });

  it('fills the tenant of a PIM into its App URL, which is nothing that a request can do', async () => {
    await testAws();
    for (const [appUrl, filled] of [
      ['https://{tenant}.app.example.com', 'https://customer-a.app.example.com/'],
      [
        'https://app.example.com/{tenant}?t={tenant}#{tenant}',
        'https://app.example.com/customer-a?t=customer-a#customer-a',
      ],
    ] as const) {
      const argv = ['pims', 'add', PIM, ...SCOPES, '--app-url', appUrl];
      const { exit } = await operate([...argv, '--tenant', 'customer-a'], { env: ENV });
      expect(exit).toBe(0);
      expect(await find(PIM)).toMatchObject({ appUrl: filled });
      await operate(['pims', 'remove', PIM, '--yes']);
    }
  });

  it.each([
    [['--tenant', 'Customer-A'], 'The tenant cannot be used.'],
    [['--tenant', 'a.b'], 'The tenant cannot be used.'],
    [['--tenant', ''], 'The tenant cannot be used.'],
    [['--tenant', 'a'.repeat(64)], 'The tenant cannot be used.'],
    [['--app-url', 'https://{tenant}.app.example.com'], 'The App URL has a place for a tenant'],
    [['--app-url', 'https://app.example.com/{Tenant}'], 'Nothing but {tenant} may stand in braces'],
  ])('refuses %j', async (flags, problem) => {
    await testAws();
    const { exit, stderr } = await operate(['pims', 'add', PIM, ...SCOPES, ...flags], { env: ENV });
    expect(exit).not.toBe(0);
    expect(stderr).toContain(problem);
    expect(await find(PIM)).toBeUndefined();
  });

  it('asks for what it was not given, the secret without echo', async () => {
    const aws = await testAws();
    const answers = [CLIENT_ID, 'read_products', ` ${CLIENT_SECRET}\n`];
    const { exit, questions } = await operate(['pims', 'add', PIM], { answers });
    expect(exit).toBe(0);
    expect(questions).toEqual([
      'Client id, as the PIM shows it',
      expect.stringContaining('Scopes'),
      `[no echo] Client secret of ${CLIENT_ID}`,
    ]);
    expect(await storedSecret(CLIENT_ID, aws)).toBe(CLIENT_SECRET);
  });

  // A PIM hands out credentials only once the URLs are registered, and they were printed after the questions.
  it.each([
    [[], [CLIENT_ID, CLIENT_SECRET], `/callback/${ID}`],
    [['--client-id', CLIENT_ID], [CLIENT_SECRET], `/callback/${ID}`],
    [['--app-store'], [CLIENT_ID, CLIENT_SECRET], '/callback'],
  ])('prints the two URLs before it asks for credentials (%j)', async (flags, answers, path) => {
    await testAws();
    const argv = ['pims', 'add', PIM, ...SCOPES, ...flags];
    const { stderr, questions } = await operate(argv, { answers: ['Ctrl-C'] });
    expect(questions).toHaveLength(1);
    expect(stderr).toContain(
      `  Activate URL  https://app.example.com/activate\n  Callback URL  https://app.example.com${path}\n`,
    );
    const done = await operate(argv, { answers });
    expect(done.exit).toBe(0);
    expect(done.stderr.split('Callback URL')).toHaveLength(2);
  });

  it('prints nothing before when it asks nothing', async () => {
    await testAws();
    expect((await operate(['pims', 'add', PIM, ...SCOPES], { env: ENV })).stderr).toBe('');
  });

  it('says what to do next, with the two URLs to register', async () => {
    await testAws();
    const { stdout } = await operate(['pims', 'add', PIM, ...SCOPES], { env: ENV });
    expect(stdout).toContain('Activate URL  https://app.example.com/activate\n');
    expect(stdout).toContain(`Callback URL  https://app.example.com/callback/${ID}\n`);
    expect(stdout).toContain('Connect > App Store > your App > Connect');
  });

  it('prints the row for programs', async () => {
    await testAws();
    expect(await operateJson(['pims', 'add', PIM, ...SCOPES], { env: ENV })).toEqual({
      pim: PIM,
      clientId: CLIENT_ID,
      appType: 'custom',
      scopes: ['openid', 'read_products'],
      appUrl: null,
      tenant: null,
      loginUrl: null,
      redirectUrl: null,
      tenantId: expect.any(String),
      label: null,
      movedFrom: null,
      addedAt: '2030-01-01T12:00:00.000Z',
      updatedAt: '2030-01-01T12:00:00.000Z',
      secret: { stored: 'created' },
      usedBy: [PIM],
      activateUrl: 'https://app.example.com/activate',
      callbackUrl: `https://app.example.com/callback/${ID}`,
      alsoAppStore: [],
    });
  });

  it('names the variables when nobody is there to ask', async () => {
    await testAws();
    const { exit, stderr } = await operate(['pims', 'add', PIM, ...SCOPES]);
    expect(exit).toBe(2);
    expect(stderr).toContain('AKENEO_CLIENT_ID and AKENEO_CLIENT_SECRET');
    const noSecret = await operate(['pims', 'add', PIM, ...SCOPES, '--client-id', CLIENT_ID]);
    expect(noSecret.exit).toBe(2);
    expect(noSecret.stderr).toContain('AKENEO_CLIENT_SECRET');
    expect((await operate(['pims', 'add', PIM], { env: ENV })).stderr).toContain('--scopes');
  });

  it('stops at Ctrl-C with nothing written', async () => {
    const aws = await testAws();
    const person = { answers: ['Ctrl-C'] };
    const { exit } = await operate(['pims', 'add', PIM, ...SCOPES], person);
    expect(exit).toBe(130);
    expect(await clientsWithSecret(aws)).toEqual([]);
    expect(await find(PIM)).toBeUndefined();
  });

  it('leaves a listed PIM and its secret alone, and names the right command', async () => {
    const aws = await testAws();
    await addPim();
    const { exit, stderr, questions } = await operate(['pims', 'add', `${PIM}/`], {
      answers: [],
      env: { AKENEO_CLIENT_ID: CLIENT_ID, AKENEO_CLIENT_SECRET: OTHER_SECRET },
    });
    expect(exit).toBe(1);
    expect(questions).toEqual([]);
    expect(stderr).toContain(`pims update ${PIM}`);
    expect(stderr).toContain('A second App in this PIM needs a second stack');
    expect(await storedSecret(CLIENT_ID, aws)).toBe(CLIENT_SECRET);
  });

  it('stores the secret before the row, so that a listed PIM always has one', async () => {
    const { kms } = await testAws();
    const error = { __type: 'DisabledException', message: CLIENT_SECRET };
    kms.failToEncrypt({ status: 400, body: JSON.stringify(error) });
    const { exit, stderr } = await operate(['pims', 'add', PIM, ...SCOPES], { env: ENV });
    expect(exit).toBe(1);
    expect(stderr).toContain('AWS refused the request: DisabledException');
    expect(await find(PIM)).toBeUndefined();
  });

  it('stores the secret as a ciphertext that is bound to the client id and nothing else', async () => {
    const aws = await testAws();
    await addPim();
    const { Items } = await aws.dynamoDb.send(new ScanCommand({ TableName: 'Clients' }));
    expect(Items).toEqual([
      {
        clientId: { S: CLIENT_ID },
        encryptedSecret: { B: expect.any(Uint8Array) },
        changedAt: { S: '2030-01-01T12:00:00.000Z' },
      },
    ]);
    expect(JSON.stringify(Items)).not.toContain(CLIENT_SECRET);
    await storedSecret(CLIENT_ID, aws);
    expect(aws.kms.decryptions).toMatchObject([
      { KeyId: SECRET_KEY_ID, EncryptionContext: { clientId: CLIENT_ID } },
    ]);
  });

  it.each([
    ['ftp://pim.example.com', 'must start with https://'],
    ['http://localhost:8080', 'must start with https://'],
    ['https://user:CANARY@pim.example.com', 'user name or password'],
    ['https://pim.example.com/?a=1', '"?" or "#"'],
    ['pim.example.com', 'must start with https://'],
    ['https://pim.*.example.com', 'A star stands for whole domains'],
  ])('refuses %s as a PIM', async (url, reason) => {
    await testAws();
    const { exit, stderr } = await operate(['pims', 'add', url, ...SCOPES], { env: ENV });
    expect(exit).toBe(2);
    expect(stderr).toContain(reason);
  });

  it('takes a PIM on this machine in development', async () => {
    await testAws({ Stage: 'development' });
    await addPim({ pim: 'http://localhost:8080', more: ['--app-url', 'http://localhost:3000'] });
    expect(await find('http://localhost:8080')).toMatchObject({ appUrl: 'http://localhost:3000/' });
  });

  it.each([
    ['--app-url', 'http://app.example.com'],
    ['--app-url', 'https://user:CANARY@app.example.com'],
    ['--app-url', 'https://app.example.com/CANARY'.padEnd(2100, 'x')],
    ['--label', ''],
    ['--label', 'two\nlines'],
    ['--client-id', 'a/b'],
  ])('refuses the option %s %j before it asks anything', async (option, value) => {
    await testAws();
    const argv = ['pims', 'add', PIM, ...SCOPES, option, value];
    const { exit, questions } = await operate(argv, { answers: [] });
    expect(exit).toBe(2);
    expect(questions).toEqual([]);
  });

  it.each(['', 'has a blank', CLIENT_ID])('refuses %j as a secret', async (secret) => {
    await testAws();
    const env = { ...ENV, AKENEO_CLIENT_SECRET: secret };
    const { exit, stderr } = await operate(['pims', 'add', PIM, ...SCOPES], { env });
    expect(exit).toBe(2);
    expect(stderr).toContain('cannot be the client secret');
  });
});
