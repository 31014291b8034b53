import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { text } from '../../../functions/tables/row.ts';
import { openConnections } from '../../../reader/index.ts';
import { marked } from '../../support/canary.ts';
import { SECRET_KEY_ID } from '../../support/fake-kms.ts';
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
    expect(error.code).toBe('table_missing');
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

  // It was reported as a failure of DynamoDB, to be tried again; for KMS, as a token that cannot be decrypted.
  it.each(['dynamoDb', 'kms'] as const)(
    'names the variable of a region that is missing: %s',
    async (service) => {
      const { world, pim } = await connected();
      const region = async () => {
        throw new Error('Region is missing');
      };
      const clients = { dynamoDb: new DynamoDBClient({ region }), kms: new KMSClient({ region }) };
      const error = await connectionError(world.open({ [service]: clients[service] }).get(pim));
      expect(error.code).toBe('configuration_missing');
      expect(error.message).toContain('Set AWS_REGION');
      expect(error.cause).toMatchObject({ name: 'Error', message: 'Region is missing' });
    },
  );

  it.each(['dynamoDb', 'kms'] as const)(
    'names the variables of credentials that are missing: %s',
    async (service) => {
      const { world, pim } = await connected();
      const noProfile = 'Could not resolve credentials using profile: [x]';
      const credentials = async () => {
        throw Object.assign(new Error(noProfile), { name: 'CredentialsProviderError' });
      };
      const config = { region: 'eu-west-1', credentials };
      const clients = { dynamoDb: new DynamoDBClient(config), kms: new KMSClient(config) };
      const error = await connectionError(world.open({ [service]: clients[service] }).get(pim));
      expect(error.code).toBe('configuration_missing');
      expect(error.message).toContain('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
      expect(error.cause).toMatchObject({ name: 'CredentialsProviderError', message: noProfile });
    },
  );

  it('keeps what the SDK says of the region and the connection', async () => {
    const bare = { AKENEO_APP_CONNECTIONS_TABLE: 'Connections' };
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const unset = await connectionError(openConnections({ env: bare }).get('https://pim.example'));
    expect(unset.code).toBe('configuration_missing');
    const endpoint = await closedPort();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const config = { endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 };
    const dynamoDb = new DynamoDBClient(config);
    const open = openConnections({ env: bare, dynamoDb });
    const refused = await connectionError(open.get('https://pim.example'));
    expect(refused.code).toBe('store_unavailable');
    expect(refused.cause).toHaveProperty('message', expect.stringContaining('ECONNREFUSED'));
    const wrong = { env: bare, region: 'no region!' };
    const unaccepted = await connectionError(openConnections(wrong).get('https://pim.example'));
    expect(unaccepted.cause).toHaveProperty('message', expect.stringContaining('no region!'));
  });

  it('reports a KMS that cannot be reached as unavailable', async () => {
    const { world, pim } = await connected();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const endpoint = await closedPort();
    const kms = new KMSClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
    const error = await connectionError(world.open({ kms }).get(pim));
    expect(error.code).toBe('store_unavailable');
    const { host } = new URL(endpoint);
    expect(error.message).toContain(`Nothing listens at ${host}. On your own machine: run npx`);
  });

  it('says what to check when there is no such key', async () => {
    const { world, pim } = await connected();
    const error = await connectionError(world.open({ tokenKeyId: 'another' }).get(pim));
    expect(error.code).toBe('key_unusable');
    expect(error.message).toContain('NotFoundException). There is no such key: check AKENEO_APP_T');
    expect(error.message).toContain('node --env-file=.data/.env');
  });

  it.each(['DisabledException', 'KMSInvalidStateException'])(
    'sends to an operator when KMS answers %s',
    async (name) => {
      const { world, pim } = await connected();
      world.kms.fail({ status: 400, body: JSON.stringify({ __type: name }) });
      const error = await connectionError(world.open().get(pim));
      expect(error).toMatchObject({ code: 'key_unusable', pim, clientId: 'client' });
      expect(error.message).toContain(`kms:Decrypt failed (${name}). An operator has to`);
    },
  );

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
    const error = await connectionError(world.open({ tokenKeyId: SECRET_KEY_ID }).get(pim));
    expect(error.code).toBe('token_unreadable');
  });

  it('refuses a decrypted text that cannot be a token', async () => {
    const { world, pim } = await connected();
    const Plaintext = Buffer.from('two words').toString('base64');
    world.kms.fail({ status: 200, body: JSON.stringify({ Plaintext }) });
    const error = await connectionError(world.open().get(pim));
    expect(error.code).toBe('token_unreadable');
  });

  it.each(['ERR_INVALID_ARG_VALUE', 'EBROKEN', undefined])(
    'shows nothing of what a decrypter of its own throws: %s',
    async (code) => {
      const { world, pim } = await connected();
      const decrypt = () => {
        throw Object.assign(new Error(`broken at ${marked('token', 86)}`), { code });
      };
      const error = await connectionError(world.open({ decrypter: { decrypt } }).get(pim));
      expect(error.code).toBe('token_unreadable');
    },
  );
});
