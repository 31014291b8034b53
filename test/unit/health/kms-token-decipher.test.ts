import { KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { KmsTokenDecipher } from '../../../functions/store/kms-token-decipher.ts';
import { marked } from '../../support/canary.ts';
import { type Answer, httpServer } from '../../support/http-server.ts';
import { pimOrigin } from '../../support/pim-origin.ts';

const KEY = { pim: pimOrigin('https://pim.example'), clientId: 'client' };
const KEY_ID = 'arn:aws:kms:eu-west-1:111122223333:key/1';

async function kms(answer: Answer) {
  const server = await httpServer(answer);
  const credentials = { accessKeyId: 'id', secretAccessKey: 'key' };
  const client = new KMSClient({ endpoint: server.url, region: 'eu-west-1', credentials });
  return { decipher: new KmsTokenDecipher(client, KEY_ID), server };
}

const plaintext =
  (text: string): Answer =>
  (response) =>
    response.end(JSON.stringify({ Plaintext: Buffer.from(text).toString('base64') }));

describe('decrypting by KMS', () => {
  it('names the key and the connection that the ciphertext belongs to', async () => {
    const token = marked('token', 86);
    const { decipher, server } = await kms(plaintext(token));
    const decrypted = await decipher.decrypt(Buffer.from('ciphertext'), KEY);
    expect(decrypted.reveal()).toBe(token);
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      KeyId: KEY_ID,
      CiphertextBlob: Buffer.from('ciphertext').toString('base64'),
      EncryptionContext: { pim: 'https://pim.example', clientId: 'client' },
    });
  });

  it('passes on that the ciphertext was made for another connection', async () => {
    const { decipher } = await kms((response) => {
      response.writeHead(400, { 'x-amzn-errortype': 'InvalidCiphertextException' }).end('{}');
    });
    const refused = decipher.decrypt(Buffer.from('moved'), KEY);
    await expect(refused).rejects.toHaveProperty('name', 'InvalidCiphertextException');
  });

  it('does not quote what is no token', async () => {
    const { decipher } = await kms(plaintext('a secret\nof two lines'));
    const refused = decipher.decrypt(Buffer.from('ciphertext'), KEY);
    await expect(refused).rejects.toThrow(/^The decrypted text is no access token\.$/);
  });
});
