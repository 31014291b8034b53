import { KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { KmsTokenDecrypter } from '../../../functions/store/kms-token-decrypter.ts';
import { marked } from '../../support/canary.ts';
import { type Answer, httpServer } from '../../support/http-server.ts';
import { pimUrl } from '../../support/pim-url.ts';

const KEY = { pim: pimUrl('https://pim.example'), clientId: 'client' };
const KEY_ID = 'arn:aws:kms:eu-west-1:111122223333:key/1';

async function kms(answer: Answer) {
  const server = await httpServer(answer);
  const credentials = { accessKeyId: 'id', secretAccessKey: 'key' };
  const client = new KMSClient({ endpoint: server.url, region: 'eu-west-1', credentials });
  return { decrypter: new KmsTokenDecrypter(client, KEY_ID), server };
}

const plaintext =
  (text: string): Answer =>
  (response) =>
    response.end(JSON.stringify({ Plaintext: Buffer.from(text).toString('base64') }));

describe('decrypting by KMS', () => {
  it('names the key and the connection that the ciphertext belongs to', async () => {
    const token = marked('token', 86);
    const { decrypter, server } = await kms(plaintext(token));
    const decrypted = await decrypter.decrypt(Buffer.from('ciphertext'), KEY);
    expect(decrypted.reveal()).toBe(token);
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      KeyId: KEY_ID,
      CiphertextBlob: Buffer.from('ciphertext').toString('base64'),
      EncryptionContext: { pim: 'https://pim.example', clientId: 'client' },
    });
  });

  it('passes on that the ciphertext was made for another connection', async () => {
    const { decrypter } = await kms((response) => {
      response.writeHead(400, { 'x-amzn-errortype': 'InvalidCiphertextException' }).end('{}');
    });
    const refused = decrypter.decrypt(Buffer.from('moved'), KEY);
    await expect(refused).rejects.toHaveProperty('name', 'InvalidCiphertextException');
  });

  it('does not quote what is no token', async () => {
    const { decrypter } = await kms(plaintext('a secret\nof two lines'));
    const refused = decrypter.decrypt(Buffer.from('ciphertext'), KEY);
    await expect(refused).rejects.toThrow(/^The decrypted text is no access token\.$/);
  });
});
