import { verify, X509Certificate } from 'node:crypto';
import { importX509, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  ID_TOKEN_FORGERIES,
  type IdTokenForgery,
  newKeyPair,
  type SimulatedPim,
} from '../../../simulator/index.ts';
import { BrowserSession, PimUser } from '../../../simulator/user/index.ts';
import {
  obtainCode,
  obtainToken,
  postToken,
  type TestPim,
  testClock,
  testPim,
  tokenForm,
} from './setup.ts';

async function publicKeyPem(pim: SimulatedPim): Promise<string> {
  const response = await fetch(`${pim.url}/connect/apps/v1/openid/public-key`);
  const { public_key } = (await response.json()) as { public_key: string };
  return public_key;
}

function decode(part = ''): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
}

function isSignedBy(idToken: string, pem: string): boolean {
  const [header, payload, signature = ''] = idToken.split('.');
  const { publicKey } = new X509Certificate(pem);
  const signed = Buffer.from(`${header}.${payload}`);
  return verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'));
}

describe('id token', () => {
  it('is absent without openid', async () => {
    expect(await obtainToken(await testPim(), 'read_products email')).not.toHaveProperty(
      'id_token',
    );
  });

  it('has the header and the claims of the PIM, and no others', async () => {
    const clock = testClock();
    clock.advance(467);
    const test = await testPim({ now: clock.now });
    const { id_token = '' } = await obtainToken(test, 'openid');
    const [header, payload] = id_token.split('.');
    expect(Buffer.from(header ?? '', 'base64url').toString()).toBe('{"typ":"JWT","alg":"RS256"}');
    expect(decode(payload)).toEqual({
      iss: test.pim.url,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
      aud: test.app.clientId,
      iat: clock.now() / 1000,
      exp: (clock.now() + 3_600_000) / 1000,
    });
  });

  it('cannot be made without keys: the code is used up, the token stored, and the answer a 500', async () => {
    const test = await testPim();
    test.pim.removeOpenIdKeys();
    const form = tokenForm(test.app, await obtainCode(test, 'openid'));
    expect((await postToken(test.pim, form)).status).toBe(500);
    expect(await (await postToken(test.pim, form)).json()).toEqual({
      error: 'invalid_grant',
      error_description: 'Code is not valid',
    });
    const key = await fetch(`${test.pim.url}/connect/apps/v1/openid/public-key`);
    expect([key.status, await key.json()]).toEqual([500, 'No OpenId keys']);
    test.pim.rotateOpenIdKeys();
    expect(await obtainToken(test, 'openid')).toHaveProperty('id_token');
  });

  it('names the user only as far as they consented', async () => {
    const test = await testPim();
    const { id_token = '' } = await obtainToken(test, 'openid profile email');
    expect(decode(id_token.split('.')[1])).toMatchObject({
      firstname: 'Julia',
      lastname: 'Stark',
      email: 'julia@example.com',
      email_verified: false,
    });
  });

  it('keeps the subject over a disconnection, and has another for another user', async () => {
    const test = await testPim();
    const other = new PimUser(new BrowserSession(), test.pim.url);
    const subject = async (user = test.user): Promise<unknown> =>
      decode((await obtainToken(test, 'openid', user)).id_token?.split('.')[1])['sub'];
    const before = await subject();
    test.pim.disconnect(test.app.clientId);
    expect(await subject()).toBe(before);
    await other.switchTo('open');
    expect(await subject(other)).not.toBe(before);
  });
});

describe('OpenID public key', () => {
  it('is a self-signed certificate of Akeneo for one year, in PEM with CRLF', async () => {
    const now = () => Date.UTC(2030, 0, 1);
    const { pim } = await testPim({ now, openIdKeyPair: newKeyPair });
    const pem = await publicKeyPem(pim);
    const certificate = new X509Certificate(pem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate).toMatchObject({ subject: 'O=Akeneo', issuer: 'O=Akeneo', ca: true });
    expect(certificate.validFrom).toBe('Jan  1 00:00:00 2030 GMT');
    expect(certificate.validTo).toBe('Jan  1 00:00:00 2031 GMT');
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
    expect(pem).toMatch(
      /^-----BEGIN CERTIFICATE-----\r\n([\w+/=]{1,64}\r\n)+-----END CERTIFICATE-----$/,
    );
  });

  it('verifies id tokens until it is rotated', async () => {
    const test = await testPim();
    const { id_token = '' } = await obtainToken(test, 'openid');
    const pem = await publicKeyPem(test.pim);
    expect(isSignedBy(id_token, pem)).toBe(true);
    test.pim.rotateOpenIdKeys();
    const rotated = await publicKeyPem(test.pim);
    expect(isSignedBy(id_token, rotated)).toBe(false);
    expect(isSignedBy((await obtainToken(test, 'openid')).id_token ?? '', rotated)).toBe(true);
  });
});

/** What a library of repute says of an id token: a code, or that it believes it. */
async function verdict({ pim, app }: TestPim, idToken: string): Promise<string> {
  const key = await importX509(await publicKeyPem(pim), 'RS256');
  const rules = {
    algorithms: ['RS256'],
    issuer: pim.url,
    audience: app.clientId,
    requiredClaims: ['sub'],
    maxTokenAge: 3600,
    // Its clock has whole seconds, and `iat` has fractions.
    clockTolerance: 60,
  };
  return jwtVerify(idToken, key, rules).then(
    () => 'believed',
    ({ code, claim, reason }: Record<string, string>) => [code, claim, reason].join(' ').trim(),
  );
}

const VERDICTS: Readonly<Record<IdTokenForgery, string>> = {
  'alg-none': 'ERR_JOSE_ALG_NOT_ALLOWED',
  'hs256-public-key': 'ERR_JOSE_ALG_NOT_ALLOWED',
  'other-key': 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'changed-claims': 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'other-issuer': 'ERR_JWT_CLAIM_VALIDATION_FAILED iss check_failed',
  'other-audience': 'ERR_JWT_CLAIM_VALIDATION_FAILED aud check_failed',
  expired: 'ERR_JWT_EXPIRED exp check_failed',
  'from-the-future': 'ERR_JWT_CLAIM_VALIDATION_FAILED iat check_failed',
  'no-subject': 'ERR_JWT_CLAIM_VALIDATION_FAILED sub missing',
  'no-token': 'ERR_JWS_INVALID',
  missing: 'ERR_JWS_INVALID',
};

describe('a forged id token', () => {
  it.each(ID_TOKEN_FORGERIES)('%s breaks this rule alone', async (forgery) => {
    const test = await testPim();
    await obtainToken(test, 'openid');
    test.pim.orderFault({ at: 'token', kind: 'forged-id-token', forgery });
    const { id_token = '', ...answer } = await obtainToken(test, 'openid');
    expect(await verdict(test, id_token)).toBe(VERDICTS[forgery]);
    const next = await obtainToken(test, 'openid');
    expect(next).toMatchObject(answer);
    expect(await verdict(test, next.id_token ?? '')).toBe('believed');
  });

  it('of a PIM that has replaced its key since is true by no key that the PIM has', async () => {
    const test = await testPim();
    test.pim.orderFault({ at: 'token', kind: 'key-rotated' });
    const { id_token = '' } = await obtainToken(test, 'openid');
    expect(await verdict(test, id_token)).toBe('ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
  });
});

describe('a fault of the public key', () => {
  const ask = (pim: SimulatedPim) => fetch(`${pim.url}/connect/apps/v1/openid/public-key`);

  it('huge-body is the key behind a mebibyte', async () => {
    const { pim } = await testPim();
    const pem = await publicKeyPem(pim);
    pim.orderFault({ at: 'public-key', kind: 'huge-body' });
    const text = await (await ask(pim)).text();
    expect(text.length).toBeGreaterThan(2 ** 20);
    expect(JSON.parse(text)).toMatchObject({ public_key: pem });
  });

  it('html, slow and wrong-json are as elsewhere, and strike nothing else', async () => {
    const test = await testPim();
    test.pim.orderFault({ at: 'public-key', kind: 'html' });
    test.pim.orderFault({ at: 'public-key', kind: 'slow', ms: 1 });
    test.pim.orderFault({ at: 'public-key', kind: 'wrong-json', body: '{"public_key":1}' });
    expect(await obtainToken(test, 'openid')).toHaveProperty('id_token');
    expect(await (await ask(test.pim)).text()).toMatch(/^<!doctype html>/);
    expect(await publicKeyPem(test.pim)).toContain('CERTIFICATE');
    expect(await publicKeyPem(test.pim)).toBe(1);
  });
});
