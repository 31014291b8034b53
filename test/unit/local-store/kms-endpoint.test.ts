import { randomBytes } from 'node:crypto';
import { DecryptCommand, DescribeKeyCommand, EncryptCommand } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type KmsEndpoint, startKmsEndpoint } from '../../../local/store/kms-endpoint.ts';
import { rejectionOf } from '../../support/rejection.ts';

const EncryptionContext = { pim: 'https://pim.example', clientId: 'client' };

async function started(secret = randomBytes(32)): Promise<KmsEndpoint> {
  const kms = await startKmsEndpoint(secret, { port: 0 });
  onTestFinished(() => kms.close());
  return kms;
}

async function encrypted(kms: KmsEndpoint, text = 'the-token'): Promise<Buffer> {
  const { CiphertextBlob } = await kms.client.send(
    new EncryptCommand({
      KeyId: kms.address.keyId,
      Plaintext: Buffer.from(text),
      EncryptionContext,
    }),
  );
  return Buffer.from(CiphertextBlob ?? []);
}

type Decrypting = Partial<ConstructorParameters<typeof DecryptCommand>[0]>;

async function decrypted(kms: KmsEndpoint, CiphertextBlob: Buffer, more: Decrypting = {}) {
  const input = { CiphertextBlob, EncryptionContext, ...more };
  const { Plaintext } = await kms.client.send(new DecryptCommand(input));
  return Buffer.from(Plaintext ?? []).toString();
}

const nameOf = async (call: Promise<unknown>): Promise<unknown> =>
  Object(await rejectionOf(call)).name;

describe('the local KMS', () => {
  it('decrypts any text under its context, with the key id, its last part, or none', async () => {
    const kms = await started();
    const { keyId } = kms.address;
    const KeyIds = [keyId, keyId.split('/').at(-1), undefined];
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[!-~]{1,200}$/), async (text) => {
        const blob = await encrypted(kms, text);
        for (const KeyId of KeyIds)
          expect(await decrypted(kms, blob, KeyId ? { KeyId } : {})).toBe(text);
      }),
      { numRuns: 20 },
    );
  });

  it('asks for the pairs of a context, and not for their order', async () => {
    const kms = await started();
    const reversed = Object.fromEntries(Object.entries(EncryptionContext).toReversed());
    const blob = await encrypted(kms);
    expect(await decrypted(kms, blob, { EncryptionContext: reversed })).toBe('the-token');
  });

  it('never encrypts twice alike, nor shows the text', async () => {
    const kms = await started();
    const [one, other] = [await encrypted(kms), await encrypted(kms)];
    expect(one.equals(other)).toBe(false);
    expect(one.toString('latin1')).not.toContain('the-token');
  });

  it.each<[string, Record<string, string>]>([
    ['another PIM', { ...EncryptionContext, pim: 'https://other.example' }],
    ['another client id', { ...EncryptionContext, clientId: 'other' }],
    ['one pair less', { pim: EncryptionContext.pim }],
    ['one pair more', { ...EncryptionContext, more: '' }],
    ['none', {}],
    ['the same letters, cut elsewhere', { pim: 'https://pim.examplec', clientId: 'lient' }],
  ])('refuses a context that is %s', async (_case, context) => {
    const kms = await started();
    const decrypting = decrypted(kms, await encrypted(kms), { EncryptionContext: context });
    expect(await nameOf(decrypting)).toBe('InvalidCiphertextException');
  });

  it('refuses a ciphertext of another key, and a key that does not exist', async () => {
    const kms = await started();
    const blob = await encrypted(kms);
    const other = { KeyId: kms.clientSecretKeyId };
    const unknown = { KeyId: `${kms.address.keyId}0` };
    const alias = { KeyId: 'alias/tokens' };
    expect(await nameOf(decrypted(kms, blob, other))).toBe('IncorrectKeyException');
    expect(await nameOf(decrypted(kms, blob, unknown))).toBe('NotFoundException');
    expect(await nameOf(decrypted(kms, blob, alias))).toBe('NotFoundException');
    const asymmetric = { EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
    expect(await nameOf(decrypted(kms, blob, asymmetric))).toBe('InvalidKeyUsageException');
    const encrypting = new EncryptCommand({ ...unknown, Plaintext: Buffer.from('x') });
    expect(await nameOf(kms.client.send(encrypting))).toBe('NotFoundException');
  });

  it('refuses what was changed at any byte, or cut off anywhere', async () => {
    const kms = await started();
    const blob = await encrypted(kms);
    for (const index of blob.keys()) {
      const changed = Buffer.from(blob);
      changed.writeUInt8(blob.readUInt8(index) ^ 1, index);
      expect(await nameOf(decrypted(kms, changed)), `byte ${index}`).toBe(
        'InvalidCiphertextException',
      );
      const cut = decrypted(kms, blob.subarray(0, index));
      expect(await nameOf(cut), `cut at ${index}`).toMatch(/^(InvalidCiphertext|Validation)/);
    }
  });

  it('opens its ciphertexts again with the same secret, under the same key id', async () => {
    const secret = randomBytes(32);
    const [before, after, other] = [await started(secret), await started(secret), await started()];
    const blob = await encrypted(before);
    expect(await decrypted(after, blob, { KeyId: before.address.keyId })).toBe('the-token');
    expect(await nameOf(decrypted(other, blob))).toBe('InvalidCiphertextException');
    expect(other.address.keyId).not.toBe(before.address.keyId);
  });

  it('takes texts of KMS’s lengths, and knows no other operation', async () => {
    const kms = await started();
    expect(await decrypted(kms, await encrypted(kms, 'x'.repeat(4096)))).toHaveLength(4096);
    expect(await nameOf(encrypted(kms, 'x'.repeat(4097)))).toBe('ValidationException');
    expect(await nameOf(encrypted(kms, ''))).toBe('ValidationException');
    const describing = kms.client.send(new DescribeKeyCommand({ KeyId: kms.address.keyId }));
    expect(await nameOf(describing)).toBe('UnknownOperationException');
  });

  it.each([
    ['a page in the browser', { origin: 'https://evil.example' }, 403],
    ['a request without a signature', {}, 400],
    ['bytes that are no JSON', { authorization: 'AWS4-HMAC-SHA256 x' }, 400],
  ])('refuses %s, and lives on', async (_who, headers, status) => {
    const kms = await started();
    const { endpoint } = kms.address;
    const refused = await fetch(endpoint, { method: 'POST', headers, body: '{' });
    expect(refused.status).toBe(status);
    expect(await decrypted(kms, await encrypted(kms))).toBe('the-token');
  });

  it.each([
    ['GET', 'TrentService.Decrypt'],
    ['POST', 'DynamoDB_20120810.Decrypt'],
    ['POST', ''],
  ])('knows no operation by %s for the target "%s"', async (method, target) => {
    const { endpoint } = (await started()).address;
    const headers = { authorization: 'AWS4-HMAC-SHA256 x', 'x-amz-target': target };
    const answer = await fetch(endpoint, { method, headers });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { __type: 'UnknownOperationException' },
    ]);
  });

  it('says which port is taken', async () => {
    const port = Number(new URL((await started()).address.endpoint).port);
    const second = startKmsEndpoint(randomBytes(32), { port });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE', port });
  });
});
