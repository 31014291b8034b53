import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AccessToken } from '../../../functions/pim/credentials.ts';
import { LocalTokenCipher } from '../../../local/store/local-token-cipher.ts';
import { tokenKey } from '../../../local/store/token-key.ts';
import { pimOrigin } from '../../support/pim-origin.ts';

const cipher = new LocalTokenCipher(tokenKey());
const KEY = { pim: pimOrigin('https://my.pim.example'), clientId: 'client' };

async function encrypted(): Promise<Uint8Array> {
  const token = AccessToken.parse('the-token');
  if (!token) throw new Error('not a token');
  return cipher.encrypt(token, KEY);
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'token-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('LocalTokenCipher', () => {
  it('gives the token back for the connection it was made for', async () => {
    expect(cipher.decrypt(await encrypted(), KEY).reveal()).toBe('the-token');
  });

  it.each([
    ['another PIM', { ...KEY, pim: pimOrigin('https://other.pim.example') }],
    ['another client id', { ...KEY, clientId: 'other' }],
    [
      'the same letters, cut elsewhere',
      { pim: pimOrigin('https://my.pim.examplec'), clientId: 'lient' },
    ],
  ])('does not decrypt for %s', async (_what, key) => {
    const bytes = await encrypted();
    expect(() => cipher.decrypt(bytes, key)).toThrow();
  });

  it('does not decrypt what was changed, at any byte', async () => {
    const bytes = await encrypted();
    for (const index of bytes.keys()) {
      const changed = Uint8Array.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => cipher.decrypt(changed, KEY), `byte ${index}`).toThrow();
    }
  });

  it('does not decrypt with another key, and never encrypts twice alike', async () => {
    const [one, other] = [await encrypted(), await encrypted()];
    expect(Buffer.from(one)).not.toEqual(Buffer.from(other));
    expect(() => new LocalTokenCipher(tokenKey()).decrypt(one, KEY)).toThrow();
  });
});

describe('tokenKey', () => {
  it('is kept beside the data, for its owner alone', () => {
    const folder = temporaryFolder();
    expect(tokenKey(folder)).toEqual(tokenKey(folder));
    expect(statSync(join(folder, 'token-key')).mode & 0o777).toBe(0o600);
  });

  it('is new at each start where nothing is kept', () => {
    expect(tokenKey()).not.toEqual(tokenKey());
  });

  it('is refused, with what to do, when its file was damaged', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'token-key'), 'short');
    expect(() => tokenKey(folder)).toThrow(
      /not a key of 32 bytes: restore it, or remove the folder/,
    );
  });
});
