import { randomUUID } from 'node:crypto';
import { importPKCS8, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { PimAccount } from './accounts/accounts.ts';
import type { UserConsent } from './accounts/consents.ts';
import { type KeyPair, newKeyPair, type OpenIdKey } from './openid.ts';

const ALGORITHM = 'RS256';
const HOUR_MS = 60 * 60 * 1000;

/** What an id token is made of. */
export interface IdTokenSubject {
  /** The PIM's URL. */
  readonly issuer: string;
  readonly clientId: string;
  readonly account: PimAccount;
  readonly consent: UserConsent;
}

/**
 * The PIM's id token: RS256, without `kid` and `nonce`. `iat` and `exp` are seconds with a fraction;
 * `exp` is an hour after `iat`.
 *
 * @param now milliseconds since the epoch
 * @see docs/pim-contract.md §5
 */
export function createIdToken(
  subject: IdTokenSubject,
  { privateKey }: OpenIdKey,
  now: number,
): Promise<string> {
  return signed(claimsOf(subject, now), privateKey);
}

function claimsOf(subject: IdTokenSubject, now: number): JWTPayload {
  const { issuer, clientId, account, consent } = subject;
  return {
    iss: issuer,
    jti: randomUUID(),
    sub: consent.sub,
    aud: clientId,
    ...hourFrom(now),
    ...personalClaims(account, consent.scopes),
  };
}

function hourFrom(ms: number): { iat: number; exp: number } {
  return { iat: ms / 1000, exp: (ms + HOUR_MS) / 1000 };
}

function personalClaims(account: PimAccount, scopes: readonly string[]): object {
  return {
    ...(scopes.includes('profile')
      ? { firstname: account.firstName, lastname: account.lastName }
      : {}),
    ...(scopes.includes('email') ? { email: account.email, email_verified: false } : {}),
  };
}

async function signed(claims: JWTPayload, privateKey: string): Promise<string> {
  const key = await importPKCS8(privateKey, ALGORITHM);
  return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: ALGORITHM }).sign(key);
}

/** A true id token's claims, and the key that would sign them. */
interface Genuine {
  readonly claims: JWTPayload;
  readonly key: OpenIdKey;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Id tokens that no App may believe. Each breaks one rule and keeps the others, so an App that overlooks that rule
 * believes it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725 RFC 8725}, for the first two
 */
const FORGERIES = {
  'alg-none': async ({ claims }: Genuine) => new UnsecuredJWT(claims).encode(),
  /** Takes what the PIM publishes for a shared secret. */
  'hs256-public-key': ({ claims, key }: Genuine) =>
    new SignJWT(claims)
      .setProtectedHeader({ typ: 'JWT', alg: 'HS256' })
      .sign(Buffer.from(key.certificate)),
  'other-key': async ({ claims }: Genuine) => signed(claims, (await foreignKeys()).privateKey),
  /** The signature is the PIM's, over another person. */
  'changed-claims': async ({ claims, key: { privateKey } }: Genuine) => {
    const [header, , signature] = (await signed(claims, privateKey)).split('.');
    const [, payload] = (await signed({ ...claims, sub: randomUUID() }, privateKey)).split('.');
    return [header, payload, signature].join('.');
  },
  'other-issuer': changing(() => ({ iss: 'https://other-pim.example' })),
  'other-audience': changing(() => ({ aud: randomUUID() })),
  /** Since an hour. */
  expired: changing(({ now }) => hourFrom(now - 2 * HOUR_MS)),
  /** Made in an hour. */
  'from-the-future': changing(({ now }) => hourFrom(now + HOUR_MS)),
  'no-subject': changing(() => ({ sub: undefined })),
  'no-token': async () => 'no.token.at-all',
  /** The PIM grants `openid` and sends none. */
  missing: async () => undefined,
} satisfies Readonly<Record<string, (genuine: Genuine) => Promise<string | undefined>>>;

/** What is wrong with an id token, if something is. */
export type IdTokenForgery = keyof typeof FORGERIES;

/** All of them. */
export const ID_TOKEN_FORGERIES = Object.keys(FORGERIES) as readonly IdTokenForgery[];

let foreign: Promise<KeyPair> | undefined;

/** A pair that no PIM has, the same for a whole process. */
function foreignKeys(): Promise<KeyPair> {
  foreign ??= newKeyPair();
  return foreign;
}

function changing(changes: (genuine: Genuine) => object) {
  return (genuine: Genuine) =>
    signed({ ...genuine.claims, ...changes(genuine) }, genuine.key.privateKey);
}

/** An id token in place of the true one; `undefined` for none at all. */
export function forgeIdToken(
  forgery: IdTokenForgery,
  subject: IdTokenSubject,
  key: OpenIdKey,
  now: number,
): Promise<string | undefined> {
  return FORGERIES[forgery]({ claims: claimsOf(subject, now), key, now });
}
