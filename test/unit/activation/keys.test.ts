import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrowserKey, parseFlowId, randomText, State } from '../../../functions/activation/flow.ts';
import { tokenFingerprint } from '../../../functions/activation/record.ts';
import { AccessToken } from '../../../functions/pim/credentials.ts';
import { isMalformed, wellFormed } from '../../../functions/pim/malformed.ts';

/** Mostly base64url, so that many a text has the right shape. */
const keyCharacter = fc.oneof(
  { weight: 99, arbitrary: fc.constantFrom('a', 'Z', '0', '-', '_') },
  { weight: 1, arbitrary: fc.constantFrom('+', '/', '=', ' ', 'é', '\n') },
);

const VALUE = 'aZ09_-'.padEnd(43, 'x');
const sha256 = (text: string, encoding: 'base64url' | 'hex') =>
  createHash('sha256').update(text).digest(encoding);

describe('randomText', () => {
  it('gives 256 bits in base64url, never the same twice', () => {
    const texts = Array.from({ length: 200 }, randomText);
    expect(new Set(texts).size).toBe(200);
    for (const text of texts) expect(Buffer.from(text, 'base64url')).toHaveLength(32);
  });
});

describe.each([
  ['State', (value: string) => State.parse(value)],
  ['BrowserKey', (value: string) => BrowserKey.parse(value)],
])('%s', (_kind, parse) => {
  it('is known to others by its sha256 in base64url', () => {
    expect(wellFormed<State | BrowserKey>(parse(VALUE)).hash()).toBe(sha256(VALUE, 'base64url'));
  });

  it.each([
    ['nothing', ''],
    ['42 characters', VALUE.slice(1)],
    ['44 characters', `${VALUE}x`],
    ['padding', `${VALUE.slice(1)}=`],
    ['base64 of the other alphabet', `${VALUE.slice(1)}+`],
    ['a line end behind it', `${VALUE}\n`],
    ['a blank before it', ` ${VALUE}`],
    ['a letter beyond ASCII', `${VALUE.slice(1)}é`],
  ])('refuses %s', (_case, value) => {
    expect(isMalformed(parse(value))).toBe(true);
  });

  it('accepts what randomText gives, and 43 characters of base64url alone', () => {
    expect(isMalformed(parse(randomText()))).toBe(false);
    fc.assert(
      fc.property(fc.string({ unit: keyCharacter, minLength: 42, maxLength: 44 }), (value) => {
        const isGood = value.length === 43 && !/[^\w-]/.test(value);
        expect(isMalformed(parse(value))).toBe(!isGood);
      }),
    );
  });
});

describe('State.generate and BrowserKey.generate', () => {
  it('take all that they are from the randomness that is given', () => {
    const random = () => VALUE;
    expect(State.generate(random).reveal()).toBe(VALUE);
    expect(BrowserKey.generate(random).reveal()).toBe(VALUE);
  });
});

describe('parseFlowId', () => {
  it('takes the hash of a state, and nothing of another shape', () => {
    const id = State.generate(randomText).hash();
    expect(parseFlowId(id)).toBe(id);
    expect(['', `${id}x`, '../flows'].map((text) => isMalformed(parseFlowId(text)))).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('tokenFingerprint', () => {
  const fingerprintOf = (text: string) =>
    tokenFingerprint(wellFormed(AccessToken.parse(text)), 'a key');

  it('is the same for the same token and another for another', () => {
    expect(fingerprintOf('token')).toBe(fingerprintOf('token'));
    expect(fingerprintOf('token')).not.toBe(fingerprintOf('tokem'));
  });

  // A token under a key that was lost looked recorded, so opening the App never encrypted it anew.
  it('is another for another key', () => {
    const token = wellFormed(AccessToken.parse('token'));
    expect(tokenFingerprint(token, 'another key')).not.toBe(fingerprintOf('token'));
  });

  it('has 128 bits in hex, and is no plain hash of the token', () => {
    expect(fingerprintOf('token')).toMatch(/^[0-9a-f]{32}$/);
    expect(sha256('token', 'hex')).not.toContain(fingerprintOf('token'));
  });
});
