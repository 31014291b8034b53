import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../functions/activation/ports.ts';
import { SecretsManagerClientSecrets } from '../../../functions/store/client-secrets.ts';
import { type AwsAnswer, awsError, awsJsonServer } from '../../support/aws-json-server.ts';
import { rejectionOf } from '../../support/rejection.ts';

async function secretsOf(answer: AwsAnswer) {
  const { config, calls } = await awsJsonServer(answer);
  const secrets = new SecretsManagerClientSecrets(new SecretsManagerClient(config), 'stack/');
  const read = async (clientId: string, options?: { readonly fresh: boolean }) =>
    (await secrets.find(clientId, options))?.reveal();
  return { secrets, calls, read };
}

/** A new version of the secret at each read. */
const rotating: AwsAnswer = (index) => [200, { SecretString: `version-${index + 1}` }];

/** A secret that can be read once. */
const onceThen =
  (error: string): AwsAnswer =>
  (index) =>
    index === 0 ? rotating(index) : awsError(error);

describe('SecretsManagerClientSecrets', () => {
  it('reads the secret that is named by prefix and client id', async () => {
    const { read, calls } = await secretsOf(rotating);
    expect(await read('client')).toBe('version-1');
    expect(calls).toEqual([{ operation: 'GetSecretValue', input: { SecretId: 'stack/client' } }]);
  });

  it('keeps it in memory, each client its own', async () => {
    const { read, calls } = await secretsOf(rotating);
    const found = [await read('a'), await read('a'), await read('b'), await read('a')];
    expect(found).toEqual(['version-1', 'version-1', 'version-2', 'version-1']);
    expect(calls).toHaveLength(2);
  });

  it('reads past what it keeps when asked to, and keeps the new one', async () => {
    const { read, calls } = await secretsOf(rotating);
    await read('client');
    expect(await read('client', { fresh: true })).toBe('version-2');
    expect(await read('client')).toBe('version-2');
    expect(await read('client', { fresh: false })).toBe('version-2');
    expect(calls).toHaveLength(2);
  });

  it.each<[string, AwsAnswer]>([
    ['does not exist', () => awsError('ResourceNotFoundException')],
    ['is scheduled for deletion', () => awsError('InvalidRequestException')],
    ['is empty', () => [200, { SecretString: '' }]],
    ['is binary', () => [200, { SecretBinary: 'AAAA' }]],
    ['holds a blank', () => [200, { SecretString: 'a b' }]],
    ['ends with a line end', () => [200, { SecretString: 'secret\n' }]],
  ])('has none when the secret %s, and asks again the next time', async (_case, answer) => {
    const { read, calls } = await secretsOf(answer);
    expect([await read('client'), await read('client')]).toEqual([undefined, undefined]);
    expect(calls).toHaveLength(2);
  });

  it('forgets the one it kept when it is gone', async () => {
    const { read } = await secretsOf(onceThen('ResourceNotFoundException'));
    await read('client');
    expect(await read('client', { fresh: true })).toBeUndefined();
    expect(await read('client')).toBeUndefined();
  });

  it.each(['AccessDeniedException', 'DecryptionFailure', 'ThrottlingException'])(
    'calls %s an outage of Secrets Manager, and quotes nothing',
    async (type) => {
      const { secrets } = await secretsOf(() => awsError(type));
      const outage = await rejectionOf(secrets.find('client'));
      expect(outage).toBeInstanceOf(ServiceError);
      expect(outage).toMatchObject({ dependency: 'secrets-manager', causeName: type });
      expect(JSON.stringify(outage) + String(outage)).not.toContain('quoted secret');
    },
  );

  it('still has what it kept after an outage', async () => {
    const { secrets, read } = await secretsOf(onceThen('ThrottlingException'));
    await read('client');
    await rejectionOf(secrets.find('client', { fresh: true }));
    expect(await read('client')).toBe('version-1');
  });
});
