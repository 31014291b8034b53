import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessToken, ClientSecret } from '../../../functions/pim/credentials.ts';
import { wellFormed } from '../../../functions/pim/malformed.ts';
import {
  LocalClientSecretCipher,
  LocalTokenCipher,
  tokenKey,
} from '../../../local/store/token-cipher.ts';
import { pimUrl } from '../../support/pim-url.ts';

const KEY = { pim: pimUrl('https://pim.example'), clientId: 'client' };
const cipher = new LocalTokenCipher(tokenKey());

async function encrypted(text = 'the-token'): Promise<Buffer> {
  const token = wellFormed(AccessToken.parse(text));
  if (!token) throw new Error('not usable');
  return Buffer.from(await cipher.encrypt(token, KEY));
}

describe('LocalTokenCipher', () => {
  it('gives back any token for the connection it was made for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[!-~]{1,200}$/), async (text) => {
        expect(cipher.decrypt(await encrypted(text), KEY).reveal()).toBe(text);
      }),
    );
  });

  it('never encrypts twice alike, nor shows the token', async () => {
    const [one, other] = [await encrypted(), await encrypted()];
    expect(one.equals(other)).toBe(false);
    expect(one.toString('latin1')).not.toContain('the-token');
  });

  it.each([
    ['another PIM', { ...KEY, pim: pimUrl('https://other.example') }],
    ['the same PIM under a path', { ...KEY, pim: pimUrl('https://pim.example/tenant') }],
    ['another client id', { ...KEY, clientId: 'other' }],
    ['an empty client id', { ...KEY, clientId: '' }],
    ['the same letters, cut elsewhere', { pim: pimUrl('https://pim.examplec'), clientId: 'lient' }],
  ])('does not decrypt for %s', async (_case, key) => {
    const bytes = await encrypted();
    expect(() => cipher.decrypt(bytes, key)).toThrow(/authenticate data/);
  });

  it('does not decrypt with another key', async () => {
    const bytes = await encrypted();
    const other = new LocalTokenCipher(tokenKey());
    expect(() => other.decrypt(bytes, KEY)).toThrow(/authenticate data/);
  });

  it('does not decrypt what was changed at any byte, or cut off anywhere', async () => {
    const bytes = await encrypted();
    for (const index of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(bytes.readUInt8(index) ^ 1, index);
      expect(() => cipher.decrypt(changed, KEY), `byte ${index}`).toThrow();
      expect(() => cipher.decrypt(bytes.subarray(0, index), KEY), `cut at ${index}`).toThrow();
    }
  });
});

describe('LocalClientSecretCipher', () => {
  it('decrypts a secret for its client id and its key, and has none for others', async () => {
    const secrets = new LocalClientSecretCipher(tokenKey());
    const bytes = secrets.encrypt(wellFormed(ClientSecret.parse('the-secret')), 'client');
    expect(await secrets.decrypt(bytes, 'client')).toBe('the-secret');
    expect(await secrets.decrypt(bytes, 'other')).toBeUndefined();
    expect(await new LocalClientSecretCipher(tokenKey()).decrypt(bytes, 'client')).toBeUndefined();
  });
});
