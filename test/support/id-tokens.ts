import { createHmac, createPublicKey, sign } from 'node:crypto';
import { type KeyPair, newKeyPair } from '../../simulator/index.ts';

/** What a PIM would say of a person; times are seconds. */
export interface IdTokenParts {
  readonly header?: object;
  readonly claims: object;
}

/** A token with these parts, signed by RS256 as a PIM signs it, whatever its header says. */
export function signedToken({ header, claims }: IdTokenParts, { privateKey }: KeyPair): string {
  const text = unsigned({ ...(header && { header }), claims });
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
}

/** Tokens that nobody may believe, by what is wrong with them, and the problem that each has. */
export function forgedTokens(claims: object, keys: KeyPair, other: KeyPair) {
  const now = Math.floor(Date.now() / 1000);
  const withClaims = (changes: object) => signedToken({ claims: { ...claims, ...changes } }, keys);
  const withHeader = (header: object) => signedToken({ header, claims }, keys);
  const [head = '', body = '', signature = ''] = signedToken({ claims }, keys).split('.');
  return {
    'no algorithm': [`${unsigned({ header: { alg: 'none' }, claims })}.AA`, 'algorithm'],
    'no signature': [`${unsigned({ header: { alg: 'none' }, claims })}.`, 'malformed'],
    'HS256 with the public key': [hmacToken(claims, keys), 'algorithm'],
    'another RSA algorithm': [withHeader({ alg: 'RS512' }), 'algorithm'],
    'a critical header': [withHeader({ alg: 'RS256', crit: ['x'], x: 1 }), 'algorithm'],
    'another key': [signedToken({ claims }, other), 'signature'],
    'a signature of something else': [
      `${head}.${encoded({ ...claims, sub: 'mallory' })}.${signature}`,
      'signature',
    ],
    'a truncated signature': [`${head}.${body}.${signature.slice(0, 100)}`, 'signature'],
    'another issuer': [withClaims({ iss: 'https://evil.example' }), 'issuer'],
    'an issuer that is no address': [withClaims({ iss: 42 }), 'issuer'],
    'another audience': [withClaims({ aud: 'other' }), 'audience'],
    'several audiences': [withClaims({ aud: [Reflect.get(claims, 'aud')] }), 'audience'],
    'an end that has passed': [withClaims({ exp: now - 61 }), 'expired'],
    'no end': [withClaims({ exp: undefined }), 'expired'],
    'an end that is a text': [withClaims({ exp: String(now + 60) }), 'expired'],
    'a beginning in the future': [withClaims({ iat: now + 75 }), 'from-the-future'],
    'no beginning': [withClaims({ iat: undefined }), 'from-the-future'],
    'no subject': [withClaims({ sub: undefined }), 'subject'],
    'an empty subject': [withClaims({ sub: '' }), 'subject'],
    'no claims': [signedToken({ claims: [] }, keys), 'issuer'],
    'two parts': [`${head}.${body}`, 'malformed'],
    'five parts': [`${head}.${body}.${signature}.${body}.${signature}`, 'malformed'],
    'no token': ['x', 'malformed'],
  } as const;
}

/** What an attacker signs who takes the public key for a shared secret. */
function hmacToken(claims: object, { publicKey }: KeyPair): string {
  const text = unsigned({ header: { typ: 'JWT', alg: 'HS256' }, claims });
  const pem = createPublicKey(publicKey).export({ type: 'spki', format: 'pem' });
  return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
}

function unsigned({ header = { typ: 'JWT', alg: 'RS256' }, claims }: IdTokenParts): string {
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
