import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AccessToken,
  AuthorizationCode,
  ClientSecret,
} from '../../../functions/pim/credentials.ts';
import { isMalformed, wellFormed } from '../../../functions/pim/malformed.ts';

/** Every character that a header could hold, and the controls. */
const latin1 = fc.nat(0xff).map((code) => String.fromCharCode(code));

const KINDS = [
  ['AccessToken', (value: string) => AccessToken.parse(value), 4096],
  ['AuthorizationCode', (value: string) => AuthorizationCode.parse(value), 512],
  ['ClientSecret', (value: string) => ClientSecret.parse(value), 1024],
] as const;

describe.each(KINDS)('%s.parse', (_kind, parse, maxLength) => {
  it.each([
    ['86 letters and digits, as the PIM makes them', 'aZ09'.repeat(21).concat('xy')],
    ['one character', '!'],
    [
      'every visible character',
      String.fromCharCode(...Array.from({ length: 94 }, (_, i) => i + 33)),
    ],
    ['the greatest length', 'x'.repeat(maxLength)],
  ])('accepts %s', (_case, text) => {
    expect(wellFormed<{ reveal(): string }>(parse(text)).reveal()).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['one character too many', 'x'.repeat(maxLength + 1)],
    ['a blank inside', 'a b'],
    ['a blank at its end', 'ab '],
    ['a line end', 'ab\n'],
    ['a header injection', 'ab\r\nx-evil: 1'],
    ['a NUL', 'a\0b'],
    ['a DEL', 'a\x7f'],
    ['a letter beyond ASCII', 'é'],
  ])('refuses %s', (_case, text) => {
    expect(isMalformed(parse(text))).toBe(true);
  });

  it('keeps what it accepts as it is, and accepts visible ASCII alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: latin1, maxLength: 20 }), (text) => {
        const isVisible = /^[!-~]+$/.test(text) && !text.endsWith('\n');
        const parsed = parse(text);
        expect(isMalformed(parsed) ? undefined : parsed.reveal()).toBe(
          isVisible ? text : undefined,
        );
      }),
    );
  });
});

describe.each([
  ['AccessToken', (value: unknown) => AccessToken.parse(value)],
  ['ClientSecret', (value: unknown) => ClientSecret.parse(value)],
])('%s.parse', (_kind, parse) => {
  it.each([[undefined], [null], [12], [true], [['token']], [{ token: 'x' }]])(
    'refuses %j, which is no text',
    (value) => {
      expect(isMalformed(parse(value))).toBe(true);
    },
  );
});
