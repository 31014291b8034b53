import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { IdToken } from '../../../functions/pim/credentials.ts';
import { verifyIdToken } from '../../../functions/pim/id-token.ts';
import { forgedTokens, signedToken, twoKeyPairs } from '../../support/id-tokens.ts';
import { pimUrl } from '../../support/pim-url.ts';

const PIM = 'https://pim.example.com';
const [keys, otherKeys] = await twoKeyPairs();
const now = Date.now();
const CLAIMS = {
  iss: PIM,
  jti: 'c2b5ad8b-1a0e-4b3c-9b5c-0d8a1b7c2f11',
  sub: 'd9b2d63d-a233-4123-847a-7e0a1bca4d9f',
  aud: 'client',
  iat: now / 1000,
  exp: now / 1000 + 3600,
  firstname: 'Julia',
  lastname: 'Stark',
  email: 'julia@example.com',
  email_verified: false,
};
const EXPECTED = {
  pim: pimUrl(PIM),
  clientId: 'client',
  pimUrlPolicy: { dangerouslyAllowHttpOnLoopback: false },
  now,
};

function verified(token: string, expected = EXPECTED) {
  return verifyIdToken(IdToken.of(token), createPublicKey(keys.publicKey), expected);
}

function verifiedClaims(changes: object, expected = EXPECTED) {
  return verified(signedToken({ claims: { ...CLAIMS, ...changes } }, keys), expected);
}

describe('an id token', () => {
  it('names a person by the standard names of the claims', () => {
    expect(verifiedClaims({})).toEqual({
      sub: CLAIMS.sub,
      givenName: 'Julia',
      familyName: 'Stark',
      email: 'julia@example.com',
    });
  });

  it('may say no more than who it is', () => {
    const bare = { firstname: undefined, lastname: undefined, email: undefined };
    expect(verifiedClaims(bare)).toEqual({ sub: CLAIMS.sub });
  });

  it.each([
    ['empty', ''],
    ['null', null],
    ['a number', 7],
    ['an object', { toString: 'x' }],
    ['longer than any name', 'a'.repeat(513)],
    ['10 KB long', 'a'.repeat(10_000)],
    ['two lines', 'Julia\nStark'],
    ['a control character', 'Julia\u009b31m'],
    ['written from right to left', 'Julia\u202ekratS'],
    ['isolated in its direction', '\u2066Julia'],
    ['half a character', 'Julia\ud83d'],
  ])('has no name that is %s', (_what, value) => {
    const names = { firstname: value, lastname: value, email: value };
    expect(verifiedClaims(names)).toEqual({ sub: CLAIMS.sub });
  });

  it.each(['Zoë 王', 'ש\u200fל', 'می\u200cخواهم', "O'Neil <b>", '👩\u200d🚀'])(
    'names %j as they are called',
    (name) => {
      expect(verifiedClaims({ firstname: name })).toMatchObject({ givenName: name });
    },
  );

  it.each([`${PIM}/`, 'HTTPS://PIM.example.com:443'])('may spell its issuer %s', (iss) => {
    expect(verifiedClaims({ iss })).toMatchObject({ sub: CLAIMS.sub });
  });

  it.each([
    ['ended less than a minute ago', { exp: now / 1000 - 59 }],
    ['begins in less than a minute', { iat: now / 1000 + 59 }],
    ['has whole seconds', { iat: Math.floor(now / 1000), exp: Math.ceil(now / 1000) + 3600 }],
    ['ends in a thousand years', { exp: now / 1000 + 3e10 }],
  ])('counts when it %s', (_what, times) => {
    expect(verifiedClaims(times)).toMatchObject({ sub: CLAIMS.sub });
  });

  it.each([
    ['ended a minute ago', { exp: now / 1000 - 60 }, 'expired'],
    ['begins in more than a minute', { iat: now / 1000 + 61 }, 'from-the-future'],
  ])('does not count when it %s', (_what, times, problem) => {
    expect(verifiedClaims(times)).toBe(problem);
  });

  it.each(Object.entries(forgedTokens(CLAIMS, keys, otherKeys)))(
    'is not believed with %s',
    (_what, [token, problem]) => {
      expect(verified(token)).toBe(problem);
    },
  );
});
