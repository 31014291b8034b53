import { randomUUID, sign } from 'node:crypto';
import type { PimAccount } from '../users/accounts.ts';
import type { UserConsent } from '../users/consents.ts';
import type { OpenIdKey } from './openid-keys.ts';

const LIFETIME_MS = 60 * 60 * 1000;

/** Who an id token is about, for whom, by whom. */
interface IdTokenSubject {
  /** The PIM's URL. */
  readonly issuer: string;
  /** The App; a plain string in `aud`. */
  readonly clientId: string;
  readonly account: PimAccount;
  readonly consent: UserConsent;
}

/**
 * The PIM's id token: a JWS in its compact form, RS256, without `kid` and `nonce`. `iat` and `exp`
 * are seconds with a fraction, whole only when the fraction is nothing; `exp` is an hour after
 * `iat`.
 *
 * @param now milliseconds since the epoch
 * @see docs/pim-contract.md §5
 */
export function createIdToken(subject: IdTokenSubject, key: OpenIdKey, now: number): string {
  const payload = {
    iss: subject.issuer,
    jti: randomUUID(),
    sub: subject.consent.sub,
    aud: subject.clientId,
    iat: now / 1000,
    exp: (now + LIFETIME_MS) / 1000,
    ...personalClaims(subject.account, subject.consent.scopes),
  };
  const signed = `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode(payload)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key.privateKey).toString('base64url')}`;
}

function personalClaims(account: PimAccount, scopes: readonly string[]): object {
  return {
    ...(scopes.includes('profile')
      ? { firstname: account.firstName, lastname: account.lastName }
      : {}),
    ...(scopes.includes('email') ? { email: account.email, email_verified: false } : {}),
  };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
