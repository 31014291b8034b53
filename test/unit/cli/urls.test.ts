import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { callbackIdOf } from '../../../functions/pim/callback-id.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { testAws } from './support/aws.ts';
import { CLIENT_SECRET, operate, operateJson } from './support/operate.ts';
import { addPim, PIM } from './support/pims.ts';

const activateUrl = 'https://app.example.com/activate';
const PLAIN = 'https://app.example.com/callback';
const OWN = `${PLAIN}/${callbackIdOf(pimUrl(PIM))}`;

describe('urls', () => {
  it('prints before a PIM is listed what its row will get, and the same after', async () => {
    await testAws();
    expect(await operateJson(['urls', 'HTTPS://PIM.example.com/'])).toEqual({
      activateUrl,
      callbackUrl: OWN,
    });
    const { stdout } = await operate(['urls', PIM]);
    expect(stdout).toContain(`  Activate URL  ${activateUrl}\n  Callback URL  ${OWN}\n`);
    expect(stdout).toContain(`pims add ${PIM}\n`);
    await addPim();
    expect(await operateJson(['urls', PIM])).toEqual({ activateUrl, callbackUrl: OWN });
    expect((await operate(['urls', PIM])).stdout).toBe(
      `  Activate URL  ${activateUrl}\n  Callback URL  ${OWN}\n`,
    );
  });

  it('prints the plain callback URL of an App Store App, of a suffix and of an earlier version', async () => {
    const { dynamoDb } = await testAws();
    const plain = { activateUrl, callbackUrl: PLAIN };
    expect(await operateJson(['urls', '*.cloud.akeneo.com'])).toEqual(plain);
    await addPim({ pim: 'https://a.example.com', clientId: 'a', more: ['--app-store'] });
    expect(await operateJson(['urls', 'https://a.example.com'])).toEqual(plain);
    await addPim();
    const UpdateExpression = 'REMOVE callbackId, appType';
    const Key = { pim: { S: PIM } };
    await dynamoDb.send(new UpdateItemCommand({ TableName: 'Pims', Key, UpdateExpression }));
    expect(await operateJson(['urls', PIM])).toEqual(plain);
  });

  // It printed a URL of the PIM's own, at which no flow of that PIM could ever be used.
  it('prints for a PIM that a suffix lists what its flows use', async () => {
    await testAws();
    const more = ['--dangerously-allow-suffix'];
    await addPim({ pim: '*.example.com', clientId: 'store', more });
    expect(await operateJson(['urls', PIM])).toEqual({ activateUrl, callbackUrl: PLAIN });
    expect((await operate(['urls', PIM])).stdout).toContain('Listed by *.example.com');
  });

  it('never gives two PIMs one callback URL, whatever address they had before', async () => {
    await testAws();
    await addPim();
    const moved = 'https://moved.example.com';
    expect((await operate(['pims', 'move', PIM, moved, '--yes'])).exit).toBe(0);
    expect(await operateJson(['urls', moved])).toEqual({ activateUrl, callbackUrl: OWN });
    const second = `${PLAIN}/${callbackIdOf(pimUrl(PIM), 1)}`;
    expect(await operateJson(['urls', PIM])).toEqual({ activateUrl, callbackUrl: second });
    await addPim({ clientId: 'another' });
    expect(await operateJson(['urls', PIM])).toEqual({ activateUrl, callbackUrl: second });
  });
});

// A PIM that had moved could not be listed again, nor in another region: it got the URL of its new address.
describe('pims add --callback-url', () => {
  const OTHER = 'https://other.example.com';
  const add = (pim: string, url: string, ...flags: string[]) => {
    const argv = ['pims', 'add', pim, '--scopes', 'read_products', '--callback-url', url];
    const env = { AKENEO_CLIENT_ID: 'own', AKENEO_CLIENT_SECRET: CLIENT_SECRET };
    return operate([...argv, ...flags], { env });
  };

  it.each([OWN, PLAIN])('takes %s, which is registered in the PIM already', async (url) => {
    await testAws();
    expect((await add(OTHER, url)).exit).toBe(0);
    expect(await operateJson(['urls', OTHER])).toEqual({ activateUrl, callbackUrl: url });
  });

  it.each([
    `${OWN}x`,
    `${OWN}?CANARY`,
    `${PLAIN}/`,
    OWN.replace('app.example', 'elsewhere.example'),
    'CANARY',
  ])('refuses %s without repeating it', async (url) => {
    await testAws();
    const { exit, stderr } = await add(OTHER, url);
    expect(exit).toBe(2);
    expect(stderr).toContain(`Give ${PLAIN}/<id>`);
  });

  it('refuses the callback URL of another PIM, and names the command for a move', async () => {
    await testAws();
    await addPim();
    const { exit, stderr } = await add(OTHER, OWN);
    expect(exit).toBe(2);
    expect(stderr).toContain(`pims move ${PIM} ${OTHER}`);
  });

  it('refuses one for a PIM of an App Store App', async () => {
    await testAws();
    expect((await add(OTHER, OWN, '--app-store')).exit).toBe(2);
    expect((await add(OTHER, PLAIN, '--app-store')).exit).toBe(0);
  });
});
