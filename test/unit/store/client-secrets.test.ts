import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EncryptCommand } from '@aws-sdk/client-kms';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ServiceError } from '../../../functions/activation/ports.ts';
import {
  DynamoDbClientSecrets,
  KmsClientSecretDecrypter,
} from '../../../functions/store/client-secrets.ts';
import { startEmbeddedDynamoDb } from '../../../local/store/embedded-dynamodb.ts';
import { KEY_ID, SECRET_KEY_ID, startFakeKms } from '../../support/fake-kms.ts';
import { rejectionOf } from '../../support/rejection.ts';

/** The Clients table and its key, with the secrets that are read there. */
async function clients() {
  const dynamoDb = await startEmbeddedDynamoDb();
  onTestFinished(() => dynamoDb.close());
  const { client } = dynamoDb;
  const kms = await startFakeKms();
  const decrypter = new KmsClientSecretDecrypter(kms.client, SECRET_KEY_ID);
  const secrets = new DynamoDbClientSecrets(client, 'Clients', decrypter);
  const encrypt = async (text: string, context: Record<string, string>, KeyId = SECRET_KEY_ID) => {
    const Plaintext = Buffer.from(text);
    const command = new EncryptCommand({ KeyId, Plaintext, EncryptionContext: context });
    return (await kms.client.send(command)).CiphertextBlob;
  };
  const put = async (clientId: string, B: Uint8Array | undefined) => {
    const Item = { clientId: { S: clientId }, ...(B && { encryptedSecret: { B } }) };
    await client.send(new PutItemCommand({ TableName: 'Clients', Item }));
  };
  return {
    kms,
    secrets,
    encrypt,
    put,
    store: async (clientId: string, text: string) =>
      put(clientId, await encrypt(text, { clientId })),
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
    expect(kms.decryptions[0]).toMatchObject({
      KeyId: SECRET_KEY_ID,
      EncryptionContext: { clientId: 'a' },
    });
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

  it.each(['', 'a b', 'secret\n', 'x'.repeat(10_000)])(
    'count as missing when the text can be no secret (%#)',
    async (text) => {
      const { store, read } = await clients();
      await store('a', text);
      expect(await read('a')).toBeUndefined();
    },
  );

  it('count as missing when the ciphertext was made for another client, or by another key', async () => {
    const { encrypt, put, read } = await clients();
    await put('a', await encrypt('secret', { clientId: 'b' }));
    expect(await read('a')).toBeUndefined();
    await put('a', await encrypt('secret', { pim: 'https://pim.example.com', clientId: 'a' }));
    expect(await read('a')).toBeUndefined();
    await put('a', await encrypt('secret', { clientId: 'a' }, KEY_ID));
    expect(await read('a')).toBeUndefined();
    await put('a', undefined);
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
