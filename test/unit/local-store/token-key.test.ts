import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { KEY_BYTES, tokenKey } from '../../../local/store/token-key.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'token-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('tokenKey', () => {
  it('is new each time where nothing is kept', () => {
    expect(tokenKey()).toHaveLength(KEY_BYTES);
    expect(tokenKey()).not.toEqual(tokenKey());
  });

  it('is kept beside the data, another one in each folder', () => {
    const folder = temporaryFolder();
    expect(tokenKey(folder)).toEqual(tokenKey(folder));
    expect(tokenKey(folder)).not.toEqual(tokenKey(temporaryFolder()));
    expect(readdirSync(folder)).toEqual(['token-key']);
  });

  it('is for its owner alone, and so is a folder that is made for it', () => {
    const folder = join(temporaryFolder(), 'data', 'here');
    tokenKey(folder);
    expect(modeOf(join(folder, 'token-key'))).toBe(0o600);
    expect(modeOf(folder)).toBe(0o700);
  });

  it.each([0, KEY_BYTES - 1, KEY_BYTES + 1])(
    'is refused, with what to do and untouched, when its file has %i bytes',
    (size) => {
      const folder = temporaryFolder();
      const file = join(folder, 'token-key');
      writeFileSync(file, Buffer.alloc(size));
      expect(() => tokenKey(folder)).toThrow(
        /not a key of 32 bytes: restore it, or remove the folder/,
      );
      expect(statSync(file).size).toBe(size);
    },
  );

  it('is not looked for in a file', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => tokenKey(file)).toThrow(/EEXIST|ENOTDIR/);
  });
});
