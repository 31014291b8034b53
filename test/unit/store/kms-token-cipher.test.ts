import { KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../functions/activation/ports.ts';
import { AccessToken } from '../../../functions/pim/credentials.ts';
import { wellFormed } from '../../../functions/pim/malformed.ts';
import { KmsTokenCipher } from '../../../functions/store/kms-token-cipher.ts';
import { type AwsAnswer, awsError, awsJsonServer } from '../../support/aws-json-server.ts';
import { closedPort } from '../../support/http-server.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { rejectionOf } from '../../support/rejection.ts';

const KEY = { pim: pimUrl('https://PIM.example/tenant/'), clientId: 'client' };
const KEY_ID = 'arn:aws:kms:eu-west-1:111122223333:key/tokens';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function token(): AccessToken {
  const parsed = wellFormed(AccessToken.parse('the-token'));
  if (!parsed) throw new Error('not usable');
  return parsed;
}

async function cipherOf(answer: AwsAnswer) {
  const { config, calls } = await awsJsonServer(answer);
  return { cipher: new KmsTokenCipher(new KMSClient(config), KEY_ID), calls };
}

describe('KmsTokenCipher', () => {
  it('encrypts under its key, bound to PIM and client id', async () => {
    const { cipher, calls } = await cipherOf(() => [200, { CiphertextBlob: base64('sealed') }]);
    const encrypted = await cipher.encrypt(token(), KEY);
    expect(Buffer.from(encrypted).toString()).toBe('sealed');
    const input = {
      KeyId: KEY_ID,
      Plaintext: base64('the-token'),
      EncryptionContext: { pim: 'https://pim.example/tenant', clientId: 'client' },
    };
    expect(calls).toEqual([{ operation: 'Encrypt', input }]);
  });

  it.each<[string, AwsAnswer, string]>([
    ['a missing right', () => awsError('AccessDeniedException'), 'AccessDeniedException'],
    ['a disabled key', () => awsError('DisabledException'), 'DisabledException'],
    [
      'an internal failure',
      () => [500, { __type: 'KMSInternalException' }],
      'KMSInternalException',
    ],
    ['an answer without a ciphertext', () => [200, {}], 'Error'],
  ])('calls %s an outage of KMS, and quotes nothing', async (_case, answer, causeName) => {
    const { cipher } = await cipherOf(answer);
    const outage = await rejectionOf(cipher.encrypt(token(), KEY));
    expect(outage).toBeInstanceOf(ServiceError);
    expect(outage).toMatchObject({ dependency: 'kms', causeName });
    expect(JSON.stringify(outage) + String(outage)).not.toContain('quoted secret');
  });

  it('calls an unreachable KMS an outage of KMS', async () => {
    const { config } = await awsJsonServer(() => [200, {}]);
    const client = new KMSClient({ ...config, endpoint: await closedPort() });
    const outage = await rejectionOf(new KmsTokenCipher(client, KEY_ID).encrypt(token(), KEY));
    expect(outage).toMatchObject({ name: 'ServiceError', dependency: 'kms' });
  });
});
