import { KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { text } from '../../../functions/tables/row.ts';
import { marked } from '../../support/canary.ts';
import { closedPort } from '../../support/http-server.ts';
import { connectionError } from './support/connection-error.ts';
import { newPim, newWorld } from './support/reader-world.ts';

async function connected() {
  const world = await newWorld();
  const pim = newPim();
  await world.connect({ pim });
  return { world, pim };
}

describe('a reader whose services fail', () => {
  it('names the right that the role lacks and the grant that gives it', async () => {
    const { world, pim } = await connected();
    world.db.deny('GetItemCommand');
    const error = await connectionError(world.open({ clientId: 'client' }).get(pim));
    expect(error.code).toBe('access_denied');
    expect(error.message).toBe(
      'The role lacks dynamodb:GetItem. Call activation.grantRead for this function in the CDK app.',
    );
  });

  it('says that a look-up without client id needs another right', async () => {
    const { world, pim } = await connected();
    world.db.deny('QueryCommand');
    const error = await connectionError(world.open().get(pim));
    expect(error).toMatchObject({ code: 'access_denied' });
    expect(error.message).toMatch(/dynamodb:Query\b.*AKENEO_APP_CLIENT_ID/);
  });

  it('reports a table that is not there', async () => {
    const { world, pim } = await connected();
    const error = await connectionError(world.open({ tableName: 'NoSuchTable' }).get(pim));
    expect(error.code).toBe('store_unavailable');
    expect(error.message).toContain('dynamodb:Query failed (ResourceNotFoundException)');
    expect(error.cause).toHaveProperty('name', 'ResourceNotFoundException');
  });

  it('names kms:Decrypt when the role lacks it', async () => {
    const { world, pim } = await connected();
    world.kms.fail({ status: 400, body: '{"__type":"AccessDeniedException"}' });
    const error = await connectionError(world.open().get(pim));
    expect(error).toMatchObject({ code: 'access_denied', pim, clientId: 'client' });
    expect(error.message).toContain('kms:Decrypt');
  });

  it('reports a KMS that cannot be reached as unavailable', async () => {
    const { world, pim } = await connected();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const endpoint = await closedPort();
    const kms = new KMSClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
    expect((await connectionError(world.open({ kms }).get(pim))).code).toBe('store_unavailable');
  });

  it('shows nothing of an answer of KMS that cannot be parsed, whose beginning the parser quotes', async () => {
    const { world, pim } = await connected();
    world.kms.fail({ status: 200, body: 'plaintext' });
    const error = await connectionError(world.open().get(pim));
    expect(error.code).toBe('store_unavailable');
    expect(error.message).toContain('kms:Decrypt failed (SyntaxError)');
    expect(error.cause).toEqual(new Error('SyntaxError'));
  });

  it('refuses a ciphertext that was moved to another row', async () => {
    const { world, pim } = await connected();
    const other = newPim();
    await world.putRow({ ...(await world.row(pim)), pim: text(other) });
    const error = await connectionError(world.open().get(other));
    expect(error).toMatchObject({ code: 'token_unreadable', pim: other });
    expect(error.message).toContain('InvalidCiphertextException');
    expect(error.message).toContain('open the App once; if it stays');
  });

  it('refuses a ciphertext of another key', async () => {
    const { world, pim } = await connected();
    const error = await connectionError(world.open({ tokenKeyId: 'another' }).get(pim));
    expect(error.code).toBe('token_unreadable');
  });

  it('refuses a decrypted text that cannot be a token', async () => {
    const { world, pim } = await connected();
    const Plaintext = Buffer.from('two words').toString('base64');
    world.kms.fail({ status: 200, body: JSON.stringify({ Plaintext }) });
    const error = await connectionError(world.open().get(pim));
    expect(error.code).toBe('token_unreadable');
  });

  it('shows nothing of what a decrypter of its own throws', async () => {
    const { world, pim } = await connected();
    const decrypt = () => {
      throw new Error(`broken at ${marked('token', 86)}`);
    };
    const error = await connectionError(world.open({ decrypter: { decrypt } }).get(pim));
    expect(error.code).toBe('token_unreadable');
  });
});
