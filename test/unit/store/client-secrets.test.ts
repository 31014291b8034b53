import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EncryptCommand } from '@aws-sdk/client-kms';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ServiceError } from '../../../functions/activation/ports.ts';
import {
  DynamoDbClientSecrets,
  KmsClientSecretDecrypter,
} from '../../../functions/store/client-secrets.ts';
import { CLIENTS, clientKey } from '../../../functions/tables/clients.ts';
import type { AttributeValue } from '../../../functions/tables/row.ts';
import { startEmbeddedDynamoDb } from '../../../local/store/embedded-dynamodb.ts';
import { type AwsAnswer, awsError, awsJsonServer } from '../../support/aws-json-server.ts';
import { KEY_ID, SECRET_KEY_ID, startFakeKms } from '../../support/fake-kms.ts';
import { rejectionOf } from '../../support/rejection.ts';

/** The Clients table and its key, with the secrets that are read there. */
async function clients() {
  const dynamoDb = await startEmbeddedDynamoDb();
  onTestFinished(() => dynamoDb.close());
  const { client } = dynamoDb;
  const kms = await startFakeKms();
  const decrypter = new KmsClientSecretDecrypter(kms.client, SECRET_KEY_ID);
  const secrets = new DynamoDbClientSecrets(client, CLIENTS.name, decrypter);
  const encrypt = async (text: string, context: Record<string, string>, KeyId = SECRET_KEY_ID) => {
    const Plaintext = Buffer.from(text);
    const command = new EncryptCommand({ KeyId, Plaintext, EncryptionContext: context });
    const { CiphertextBlob } = await kms.client.send(command);
    if (!CiphertextBlob) throw new TypeError('no ciphertext');
    return { B: CiphertextBlob };
  };
  const put = async (clientId: string, encryptedSecret?: AttributeValue) => {
    const Item = { ...clientKey(clientId), ...(encryptedSecret && { encryptedSecret }) };
    await client.send(new PutItemCommand({ TableName: CLIENTS.name, Item }));
  };
  return {
    kms,
    secrets,
    encrypt,
    put,
    store: async (clientId: string, text: string) =>
      put(clientId, await encrypt(text, { clientId })),
    remove: async (clientId: string) =>
      client.send(new DeleteItemCommand({ TableName: CLIENTS.name, Key: clientKey(clientId) })),
    read: async (clientId: string, options?: { readonly fresh: boolean }) =>
      (await secrets.find(clientId, options))?.reveal(),
  };
}

describe('the client secrets', () => {
  it('are read by their client id, each decrypted once', async () => {
    const { store, read, kms } = await clients();
    await store('a', 'secret-a');
    await store('b', 'secret-b');
    const found = [await read('a'), await read('a'), await read('b'), await read('a')];
    expect(found).toEqual(['secret-a', 'secret-a', 'secret-b', 'secret-a']);
    expect(kms.decryptions).toHaveLength(2);
    expect(
      kms.decryptions.map(({ KeyId, EncryptionContext }) => [KeyId, EncryptionContext]),
    ).toEqual([
      [SECRET_KEY_ID, { clientId: 'a' }],
      [SECRET_KEY_ID, { clientId: 'b' }],
    ]);
  });

  it('are read past what is kept when asked to, and the new one is kept', async () => {
    const { store, read } = await clients();
    await store('a', 'old');
    await read('a');
    await store('a', 'new');
    expect(await read('a')).toBe('old');
    expect(await read('a', { fresh: true })).toBe('new');
    expect(await read('a', { fresh: false })).toBe('new');
  });

  it('count as missing until one is stored', async () => {
    const { store, read } = await clients();
    expect(await read('a')).toBeUndefined();
    await store('a', 'secret');
    expect(await read('a')).toBe('secret');
  });

  // KMS encrypts from 1 to 4096 bytes.
  it.each(['a b', 'secret\n', 'x'.repeat(4096)])(
    'count as missing when the text can be no secret (%#)',
    async (text) => {
      const { store, read } = await clients();
      await store('a', text);
      expect(await read('a')).toBeUndefined();
    },
  );

  it('are forgotten when they are gone', async () => {
    const { store, remove, read } = await clients();
    await store('a', 'secret');
    await read('a');
    await remove('a');
    expect(await read('a', { fresh: true })).toBeUndefined();
    expect(await read('a')).toBeUndefined();
  });

  it('count as missing when the ciphertext was made for another client, or by another key', async () => {
    const { encrypt, put, read } = await clients();
    await put('a', await encrypt('secret', { clientId: 'b' }));
    expect(await read('a')).toBeUndefined();
    await put('a', await encrypt('secret', { pim: 'https://pim.example.com', clientId: 'a' }));
    expect(await read('a')).toBeUndefined();
    await put('a', await encrypt('secret', { clientId: 'a' }, KEY_ID));
    expect(await read('a')).toBeUndefined();
  });

  it.each<[string, AttributeValue | undefined]>([
    ['has no ciphertext', undefined],
    ['holds a text in its place', { S: 'secret' }],
    ['holds bytes that KMS never made', { B: Buffer.from('secret') }],
  ])('count as missing when the row %s', async (_case, encryptedSecret) => {
    const { put, read } = await clients();
    await put('a', encryptedSecret);
    expect(await read('a')).toBeUndefined();
  });

  it('count as missing when the ciphertext is of a length that KMS refuses', async () => {
    const { put, read, kms } = await clients();
    await put('a', { B: Buffer.alloc(7_000) });
    kms.fail({ status: 400, body: '{"__type":"ValidationException"}' });
    expect(await read('a')).toBeUndefined();
  });

  it.each(['AccessDeniedException', 'DisabledException', 'ThrottlingException'])(
    'call %s an outage of KMS, quote nothing, and keep what they have',
    async (type) => {
      const { store, read, secrets, kms } = await clients();
      await store('a', 'secret');
      await read('a');
      const body = JSON.stringify({ __type: type, message: 'quoted secret' });
      kms.fail({ status: 400, body });
      const outage = await rejectionOf(secrets.find('a', { fresh: true }));
      expect(outage).toBeInstanceOf(ServiceError);
      expect(outage).toMatchObject({ dependency: 'kms', causeName: type });
      expect(JSON.stringify(outage) + String(outage)).not.toContain('quoted secret');
      expect(await read('a')).toBe('secret');
    },
  );
});

/** The secrets of a table that answers as told. */
async function tableThat(answer: AwsAnswer) {
  const { config, calls } = await awsJsonServer(answer);
  const decrypter = new KmsClientSecretDecrypter((await startFakeKms()).client, SECRET_KEY_ID);
  return {
    secrets: new DynamoDbClientSecrets(new DynamoDBClient(config), CLIENTS.name, decrypter),
    calls,
  };
}

describe('the table of the client secrets', () => {
  // A read that is not consistent may miss a secret that was stored a moment ago.
  it('is read consistently, and nothing but the ciphertext', async () => {
    const { secrets, calls } = await tableThat(() => [200, {}]);
    expect(await secrets.find('a')).toBeUndefined();
    const input = {
      TableName: CLIENTS.name,
      Key: { clientId: { S: 'a' } },
      ProjectionExpression: 'encryptedSecret',
      ConsistentRead: true,
    };
    expect(calls).toEqual([{ operation: 'GetItem', input }]);
  });

  it.each(['AccessDeniedException', 'ThrottlingException', 'ResourceNotFoundException'])(
    'is out when it answers %s: no secret counts as missing, and nothing is quoted',
    async (type) => {
      const { secrets } = await tableThat(() => awsError(type));
      const outage = await rejectionOf(secrets.find('a'));
      expect(outage).toBeInstanceOf(ServiceError);
      expect(outage).toMatchObject({ dependency: 'dynamodb', causeName: type });
      expect(JSON.stringify(outage) + String(outage)).not.toContain('quoted secret');
    },
  );
});
