import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callbackIdOf, callbackUrlWith } from '../../../functions/pim/callback-id.ts';
import { pimUrl } from '../../support/pim-url.ts';

/** Decodes base32 of RFC 4648 in lower case, bit by bit. */
function bitsOf(text: string): string {
  const digits = text
    .split('')
    .map((character) => 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(character));
  return digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
}

describe('callbackIdOf', () => {
  it('is the first 128 bits of SHA-256 of the address in lower-case base32', () => {
    fc.assert(
      fc.property(fc.domain(), (host) => {
        const pim = pimUrl(`https://${host.toLowerCase()}`);
        const digest = createHash('sha256').update(pim.toString()).digest();
        const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('');
        expect(callbackIdOf(pim)).toMatch(/^[a-z2-7]{26}$/);
        expect(bitsOf(callbackIdOf(pim))).toBe(`${bits.slice(0, 128)}00`);
      }),
    );
  });

  it('is one for all spellings of a PIM, and another for another path', () => {
    const id = callbackIdOf(pimUrl('https://my.cloud.akeneo.com'));
    expect(callbackIdOf(pimUrl('HTTPS://MY.cloud.akeneo.com:443/'))).toBe(id);
    expect(callbackIdOf(pimUrl('https://my.cloud.akeneo.com/pim'))).not.toBe(id);
  });
});

describe('callbackIdOf, at a further attempt', () => {
  it('is another id of the same form, and the same each time', () => {
    const pim = pimUrl('https://my.cloud.akeneo.com');
    expect(callbackIdOf(pim, 1)).toMatch(/^[a-z2-7]{26}$/);
    expect(callbackIdOf(pim, 1)).toBe(callbackIdOf(pim, 1));
    expect(new Set([0, 1, 2].map((attempt) => callbackIdOf(pim, attempt))).size).toBe(3);
  });
});

describe('callbackUrlWith', () => {
  it('appends the id, or leaves the plain URL', () => {
    expect(callbackUrlWith('https://app.example/callback', 'abc')).toBe(
      'https://app.example/callback/abc',
    );
    expect(callbackUrlWith('https://app.example/callback', undefined)).toBe(
      'https://app.example/callback',
    );
  });
});
