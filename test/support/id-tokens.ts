import { createHmac, createPublicKey, sign } from 'node:crypto';
import { type KeyPair, newKeyPair } from '../../simulator/index.ts';

/** What a PIM would say of a person; times are seconds. */
export interface IdTokenParts {
  readonly header?: object;
  readonly claims: object;
}

const HEADER = { typ: 'JWT', alg: 'RS256' };

/** A token with these parts, signed by RS256 as a PIM signs it, whatever its header says. */
export function signedToken(
  { header = HEADER, claims }: IdTokenParts,
  keys: KeyPair,
  hash = 'sha256',
): string {
  return signedText(JSON.stringify(header), JSON.stringify(claims), keys, hash);
}

function signedText(
  header: string,
  payload: string | Buffer,
  { privateKey }: KeyPair,
  hash = 'sha256',
): string {
  const text = [header, payload].map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${text}.${sign(hash, Buffer.from(text), privateKey).toString('base64url')}`;
}

/** Tokens that nobody may believe, by what is wrong with them, and the problem that each has. */
export function forgedTokens(claims: object, keys: KeyPair, other: KeyPair) {
  const now = Math.floor(Date.now() / 1000);
  const withClaims = (changes: object) => signedToken({ claims: { ...claims, ...changes } }, keys);
  const withHeader = (header: object) => signedToken({ header, claims }, keys);
  const withText = (payload: string | Buffer) => signedText(JSON.stringify(HEADER), payload, keys);
  const otherJwk = createPublicKey(other.publicKey).export({ format: 'jwk' });
  const [head = '', body = '', signature = ''] = signedToken({ claims }, keys).split('.');
  return {
    'no algorithm': [`${unsigned({ header: { alg: 'none' }, claims })}.AA`, 'algorithm'],
    'no algorithm in another case': [withHeader({ alg: 'nOnE' }), 'algorithm'],
    'no signature': [`${unsigned({ header: { alg: 'none' }, claims })}.`, 'malformed'],
    'HS256 with the public key': [hmacToken(claims, keys), 'algorithm'],
    'RS384, truly': [
      signedToken({ header: { alg: 'RS384' }, claims }, keys, 'sha384'),
      'algorithm',
    ],
    'the name of RS512': [withHeader({ alg: 'RS512' }), 'algorithm'],
    'the name of ES256': [withHeader({ alg: 'ES256' }), 'algorithm'],
    'several algorithms': [withHeader({ alg: ['RS256'] }), 'algorithm'],
    'RS384 in the name of RS256': [signedToken({ claims }, keys, 'sha384'), 'signature'],
    'a critical header': [withHeader({ alg: 'RS256', crit: ['x'], x: 1 }), 'algorithm'],
    'an empty list of critical headers': [withHeader({ alg: 'RS256', crit: [] }), 'algorithm'],
    'a header that is none': [signedText('[]', JSON.stringify(claims), keys), 'algorithm'],
    'another key': [signedToken({ claims }, other), 'signature'],
    'another key that it brings': [
      signedToken({ header: { alg: 'RS256', jwk: otherJwk }, claims }, other),
      'signature',
    ],
    'another key that it tells where to find': [
      signedToken(
        { header: { alg: 'RS256', x5u: 'https://evil.example/', kid: '1' }, claims },
        other,
      ),
      'signature',
    ],
    'a signature of something else': [
      `${head}.${encoded({ ...claims, sub: 'mallory' })}.${signature}`,
      'signature',
    ],
    'a truncated signature': [`${head}.${body}.${signature.slice(0, 100)}`, 'signature'],
    'a signature of zeros': [`${head}.${body}.${'A'.repeat(342)}`, 'signature'],
    'another issuer': [withClaims({ iss: 'https://evil.example' }), 'issuer'],
    'an issuer below the PIM': [withClaims({ iss: `${Reflect.get(claims, 'iss')}/x` }), 'issuer'],
    'an issuer that is no address': [withClaims({ iss: 42 }), 'issuer'],
    'several issuers': [withClaims({ iss: [Reflect.get(claims, 'iss')] }), 'issuer'],
    'no issuer': [withClaims({ iss: undefined }), 'issuer'],
    'another audience': [withClaims({ aud: 'other' }), 'audience'],
    'several audiences': [withClaims({ aud: [Reflect.get(claims, 'aud')] }), 'audience'],
    'no audience': [withClaims({ aud: undefined }), 'audience'],
    'an end that has passed': [withClaims({ exp: now - 61 }), 'expired'],
    'an end before all times': [withClaims({ exp: -1e300 }), 'expired'],
    'an end after all times': [withText(textWith(claims, 'exp', '1e999')), 'expired'],
    'no end': [withClaims({ exp: undefined }), 'expired'],
    'an end that is a text': [withClaims({ exp: String(now + 60) }), 'expired'],
    'a beginning in the future': [withClaims({ iat: now + 75 }), 'from-the-future'],
    'a beginning that is a text': [withClaims({ iat: String(now) }), 'from-the-future'],
    'no beginning': [withClaims({ iat: undefined }), 'from-the-future'],
    'no subject': [withClaims({ sub: undefined }), 'subject'],
    'an empty subject': [withClaims({ sub: '' }), 'subject'],
    'a subject that is a number': [withClaims({ sub: 1 }), 'subject'],
    'a subject with a line end': [withClaims({ sub: 'a\nb' }), 'subject'],
    'a subject with half a character': [withClaims({ sub: 'a\ud800' }), 'subject'],
    'a subject that is too long': [withClaims({ sub: 'a'.repeat(256) }), 'subject'],
    'no claims': [withText('[]'), 'issuer'],
    'claims that are no JSON': [withText('{'), 'issuer'],
    'claims that are no UTF-8': [
      withText(Buffer.from(JSON.stringify({ ...claims, sub: 'é' }), 'latin1')),
      'issuer',
    ],
    'the last of two issuers': [
      withText(textWith(claims, 'iss', '"https://evil.example"')),
      'issuer',
    ],
    'two parts': [`${head}.${body}`, 'malformed'],
    'four parts': [`${head}.${body}.${signature}.`, 'malformed'],
    'five parts': [`${head}.${body}.${signature}.${body}.${signature}`, 'malformed'],
    padding: [`${head}.${body}.${signature}==`, 'malformed'],
    'the alphabet of base64': [`${head}.${body}.${signature}+/`, 'malformed'],
    'a line end behind it': [`${head}.${body}.${signature}\n`, 'malformed'],
    'no token': ['x', 'malformed'],
    'no token in as much as a PIM may send': ['x'.repeat(60_000), 'malformed'],
    'an empty token': ['', 'malformed'],
  } as const;
}

/** JSON with one more member, behind all others. */
function textWith(claims: object, name: string, value: string): string {
  return JSON.stringify(claims).replace(/}$/, `,"${name}":${value}}`);
}

/** What an attacker signs who takes the public key for a shared secret. */
function hmacToken(claims: object, { publicKey }: KeyPair): string {
  const text = unsigned({ header: { typ: 'JWT', alg: 'HS256' }, claims });
  const pem = createPublicKey(publicKey).export({ type: 'spki', format: 'pem' });
  return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
}

function unsigned({ header = HEADER, claims }: IdTokenParts): string {
  return `${encoded(header)}.${encoded(claims)}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

let made: Promise<readonly [KeyPair, KeyPair]> | undefined;

/** Two key pairs that all tests of a process share. */
export function twoKeyPairs(): Promise<readonly [KeyPair, KeyPair]> {
  made ??= Promise.all([newKeyPair(), newKeyPair()]);
  return made;
}
