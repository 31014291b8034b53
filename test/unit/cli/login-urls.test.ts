import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { pimKey } from '../../../functions/tables/pims.ts';
import { type TestAws, testAws } from './support/aws.ts';
import { CLIENT_SECRET, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

const LOGIN = 'https://app.example.com/login';
const REDIRECT = 'https://app.example.com/login/done';
const BOTH = ['--login-url', LOGIN, '--redirect-url', REDIRECT];
const ENV = { AKENEO_CLIENT_ID: CLIENT_ID, AKENEO_CLIENT_SECRET: CLIENT_SECRET };
const ON = { LoginUrl: 'https://app.example.com/login' };

async function row(pim: string, { dynamoDb }: TestAws) {
  const { Item } = await dynamoDb.send(new GetItemCommand({ TableName: 'Pims', Key: pimKey(pim) }));
  return { loginUrl: Item?.['loginUrl']?.S, redirectUrl: Item?.['redirectUrl']?.S };
}

async function tenantId(pim = PIM): Promise<unknown> {
  const shown = (await operateJson(['pims', 'show', pim])) as { tenantId: unknown };
  return shown.tenantId;
}

describe('the login URL and the redirect URL of a PIM', () => {
  it('are stored by pims add, changed one by one, and removed together', async () => {
    const aws = await testAws(ON);
    await addPim({ scopes: 'openid', more: BOTH });
    expect(await row(PIM, aws)).toEqual({ loginUrl: LOGIN, redirectUrl: REDIRECT });

    const other = `${LOGIN}/2`;
    expect((await operate(['pims', 'update', PIM, '--login-url', other])).exit).toBe(0);
    expect(await row(PIM, aws)).toEqual({ loginUrl: other, redirectUrl: REDIRECT });

    expect((await operate(['pims', 'update', PIM, '--no-login-url'])).exit).toBe(0);
    expect(await row(PIM, aws)).toEqual({ loginUrl: undefined, redirectUrl: undefined });
  });

  it('are kept by a change of something else, and by a move', async () => {
    const aws = await testAws(ON);
    await addPim({ scopes: 'openid', more: BOTH });
    await operate(['pims', 'update', PIM, '--label', 'Customer A']);
    await operate(['pims', 'move', PIM, 'https://new.example.com', '--yes']);
    expect(await row('https://new.example.com', aws)).toEqual({
      loginUrl: LOGIN,
      redirectUrl: REDIRECT,
    });
  });

  it.each([
    ['plain http', '--login-url', 'http://app.example.com/login'],
    ['no address', '--redirect-url', 'app.example.com'],
    ['a user name', '--login-url', 'https://user@app.example.com/'],
    ['a fragment', '--redirect-url', `${REDIRECT}#top`],
    ['too many characters', '--redirect-url', `${REDIRECT}?${'a'.repeat(2048)}`],
  ])('are refused with %s', async (_what, option, value) => {
    await testAws(ON);
    const argv = ['pims', 'add', PIM, '--scopes', 'openid', ...BOTH, option, value];
    const { exit, stderr } = await operate(argv, { env: ENV });
    expect(exit).toBe(2);
    expect(stderr).toContain(option);
    expect(stderr).not.toContain('user@');
  });

  it.each([[['--login-url', LOGIN]], [['--redirect-url', REDIRECT]]])(
    'belong together: %j alone is refused',
    async (one) => {
      await testAws(ON);
      const argv = ['pims', 'add', PIM, '--scopes', 'openid', ...one];
      expect((await operate(argv, { env: ENV })).exit).toBe(2);
      await addPim({ scopes: 'openid' });
      expect((await operate(['pims', 'update', PIM, ...one])).exit).toBe(2);
    },
  );

  it('need the scope openid, when they are given and for as long as they are there', async () => {
    await testAws(ON);
    const argv = ['pims', 'add', PIM, '--scopes', 'read_products', ...BOTH];
    expect((await operate(argv, { env: ENV })).stderr).toContain('openid');
    await addPim({ scopes: 'openid read_products', more: BOTH });
    const without = ['pims', 'update', PIM, '--scopes', 'read_products'];
    expect((await operate(without)).exit).toBe(2);
    expect((await operate([...without, '--no-login-url'])).exit).toBe(0);
  });

  it('get a warning when the stack hands over no logins', async () => {
    await testAws();
    const argv = ['pims', 'add', PIM, '--scopes', 'openid', ...BOTH];
    const { exit, stderr } = await operate(argv, { env: ENV });
    expect(exit).toBe(0);
    expect(stderr).toContain('identity=true');
  });
});

describe('the tenant id of a PIM', () => {
  it('is random, and stays when the PIM is changed or moved', async () => {
    await testAws();
    await addPim();
    const id = await tenantId();
    expect(id).toMatch(/^[\da-f]{8}-/);
    await operate(['pims', 'update', PIM, '--label', 'Customer A']);
    expect(await tenantId()).toBe(id);
    await operate(['pims', 'move', PIM, 'https://new.example.com', '--yes']);
    expect(await tenantId('https://new.example.com')).toBe(id);
  });

  it('is another one for another PIM, and for a PIM that is listed anew', async () => {
    await testAws();
    await addPim();
    await addPim({ pim: 'https://other.example.com', clientId: 'other' });
    const ids = [await tenantId(), await tenantId('https://other.example.com')];
    await operate(['pims', 'remove', PIM, '--yes']);
    await addPim();
    expect(new Set([...ids, await tenantId()]).size).toBe(3);
  });

  it('is kept by --tenant-id for a PIM that was listed before, here or in another region', async () => {
    await testAws();
    await addPim();
    const id = String(await tenantId());
    await operate(['pims', 'remove', PIM, '--yes']);
    await addPim({ more: ['--tenant-id', id] });
    expect(await tenantId()).toBe(id);
  });

  it('is never that of another PIM, which could then pretend to have its users', async () => {
    await testAws();
    await addPim();
    const id = String(await tenantId());
    const argv = ['pims', 'add', 'https://other.example.com', '--scopes', 'openid'];
    const { exit, stderr } = await operate([...argv, '--tenant-id', id], { env: ENV });
    expect(exit).toBe(2);
    expect(stderr).toContain(`That is the tenant id of ${PIM}`);
    expect(await operateJson(['pims', 'list'])).toMatchObject([{ pim: PIM }]);
  });

  it('is given to one PIM at most when two are added with it at the same moment', async () => {
    await testAws();
    const runs = ['https://one.example.com', 'https://two.example.com'].map((pim, index) => {
      const argv = ['pims', 'add', pim, '--scopes', 'openid', '--client-id', `app-${index}`];
      return operate([...argv, '--tenant-id', '2f6c0b8e-7d1a-4c55-9a0e-3f1f5b1f7a11'], {
        env: ENV,
      });
    });
    const exits = (await Promise.all(runs)).map(({ exit }) => exit);
    expect(exits).toContain(2);
    const listed = await operateJson(['pims', 'list']);
    expect(listed).toHaveLength(exits.filter((exit) => exit === 0).length);
  });

  it.each(['', 'customer-a', '2F6C0B8E-7D1A-4C55-9A0E-3F1F5B1F7A11'])(
    'is refused as %j before anything is asked',
    async (id) => {
      await testAws();
      const argv = ['pims', 'add', PIM, '--scopes', 'openid', '--tenant-id', id];
      const { exit, questions } = await operate(argv, { answers: [] });
      expect(exit).toBe(2);
      expect(questions).toEqual([]);
    },
  );
});
