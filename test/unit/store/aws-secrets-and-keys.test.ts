import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { Outage } from '../../../functions/activation/outage.ts';
import { AccessToken } from '../../../functions/pim/credentials.ts';
import { KmsTokenCipher } from '../../../functions/store/kms-token-cipher.ts';
import { SecretsManagerClientSecrets } from '../../../functions/store/secrets-manager-client-secrets.ts';
import { httpServer } from '../../support/http-server.ts';
import { pimOrigin } from '../../support/pim-origin.ts';

const CONFIG = {
  region: 'eu-west-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};
const KEY = { pim: pimOrigin('https://my.pim.example'), clientId: 'client' };

/** An AWS service over HTTP that gives these answers in turn. */
function service(...answers: { readonly status?: number; readonly body: object }[]) {
  return httpServer((response, _request, index) => {
    const { status = 200, body } = answers[Math.min(index, answers.length - 1)] ?? { body: {} };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
}

const failure = (name: string) => ({
  status: 400,
  body: { __type: name, message: 'quoted secret' },
});

describe('KmsTokenCipher', () => {
  it('binds the ciphertext to PIM and client id', async () => {
    const { url, received } = await service({ body: { CiphertextBlob: 'Y2lwaGVydGV4dA==' } });
    const cipher = new KmsTokenCipher(new KMSClient({ ...CONFIG, endpoint: url }), 'key-id');
    const token = AccessToken.parse('the-token');
    const encrypted = token && (await cipher.encrypt(token, KEY));

    expect(Buffer.from(encrypted ?? []).toString()).toBe('ciphertext');
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      KeyId: 'key-id',
      Plaintext: Buffer.from('the-token').toString('base64'),
      EncryptionContext: { pim: 'https://my.pim.example', clientId: 'client' },
    });
  });

  it.each([
    ['a refusal', failure('AccessDeniedException')],
    ['an answer without a ciphertext', { body: {} }],
  ])('reports %s as an outage of KMS that quotes nothing', async (_what, answer) => {
    const { url } = await service(answer);
    const cipher = new KmsTokenCipher(new KMSClient({ ...CONFIG, endpoint: url }), 'key-id');
    const token = AccessToken.parse('the-token');
    const error: unknown = await (token &&
      cipher.encrypt(token, KEY).catch((reason: unknown) => reason));

    expect(error).toBeInstanceOf(Outage);
    expect(error).toMatchObject({ dependency: 'kms' });
    expect(JSON.stringify(error) + String(error)).not.toContain('quoted secret');
  });
});

describe('SecretsManagerClientSecrets', () => {
  const secretsAt = (url: string) =>
    new SecretsManagerClientSecrets(
      new SecretsManagerClient({ ...CONFIG, endpoint: url }),
      'Stack/client-secrets/',
    );

  it('reads the secret of a client under the prefix, once', async () => {
    const { url, received } = await service({ body: { SecretString: 'the-secret' } });
    const secrets = secretsAt(url);
    expect((await secrets.find('client'))?.reveal()).toBe('the-secret');
    expect((await secrets.find('client'))?.reveal()).toBe('the-secret');
    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { SecretId: 'Stack/client-secrets/client' },
    ]);
  });

  it('reads past its memory when the PIM refused the secret, and remembers the new one', async () => {
    const { url, received } = await service(
      { body: { SecretString: 'old' } },
      { body: { SecretString: 'new' } },
    );
    const secrets = secretsAt(url);
    await secrets.find('client');
    expect((await secrets.find('client', { fresh: true }))?.reveal()).toBe('new');
    expect((await secrets.find('client'))?.reveal()).toBe('new');
    expect(received).toHaveLength(2);
  });

  it.each([
    ['does not exist', failure('ResourceNotFoundException')],
    ['is empty', { body: { SecretString: '' } }],
    ['holds blanks', { body: { SecretString: 'two words' } }],
  ])('finds none where the secret %s', async (_what, answer) => {
    const { url } = await service(answer);
    expect(await secretsAt(url).find('client')).toBeUndefined();
  });

  it('reports everything else as an outage', async () => {
    const { url } = await service(failure('AccessDeniedException'));
    await expect(secretsAt(url).find('client')).rejects.toMatchObject({
      dependency: 'secrets-manager',
      causeName: 'AccessDeniedException',
    });
  });
});
