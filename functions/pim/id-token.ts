import { isUtf8 } from 'node:buffer';
import { type KeyObject, verify } from 'node:crypto';
import type { IdToken } from './credentials.ts';
import { isMalformed } from './malformed.ts';
import { PimUrl, type PimUrlPolicy } from './pim-url.ts';
import { parseJsonObject } from './send.ts';

/** Who opened the App, as the PIM has signed it. */
export interface Claims {
  /** The person, to this App in this PIM. */
  readonly sub: string;
  readonly givenName?: string;
  readonly familyName?: string;
  /** Not verified by the PIM. */
  readonly email?: string;
}

/** Why an `id_token` is not believed. The log has the word, and the runbook what it asks for. */
export type IdTokenProblem =
  | 'malformed'
  | 'algorithm'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'from-the-future'
  | 'subject';

/** What an `id_token` has to be about. */
export interface Expected {
  readonly pim: PimUrl;
  readonly clientId: string;
  readonly pimUrlPolicy: PimUrlPolicy;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** By how much the clocks of a PIM and of AWS may differ, in seconds. */
const GRACE_SECONDS = 60;

/** @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDToken OpenID Connect Core, section 2}, for `sub` */
const SUBJECT = /^[\x21-\x7e]{1,255}$/;

/** More than any name in a PIM. */
const MAX_NAME_LENGTH = 512;

/** Control characters, halves of characters, and what turns the direction of all text after it. No name needs one. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;

/**
 * Verifies an `id_token`: the signature first, so that nothing is read of a token that is not the PIM's.
 *
 * @param key the PIM's public key.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation OpenID Connect Core, section 3.1.3.7}
 * @see docs/pim-contract.md §5: no `kid`, no `nonce`, `aud` is one text, times may have fractions
 */
export function verifyIdToken(
  token: IdToken,
  key: KeyObject,
  expected: Expected,
): Claims | IdTokenProblem {
  const [, header, payload, signature] = JWS.exec(token.reveal()) ?? [];
  if (header === undefined || payload === undefined || signature === undefined) return 'malformed';
  const { alg, crit } = decoded(header);
  // No other one, whatever the header says: with `none` or HS256 anybody could sign. RFC 8725, section 3.1.
  // Nor another key, whichever the header names or brings.
  if (alg !== 'RS256' || crit !== undefined) return 'algorithm';
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) return 'signature';
  const claims = decoded(payload);
  return problemOf(claims, expected) ?? claimsOf(claims);
}

/** Three parts in base64url. */
const JWS = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

type Json = Readonly<Record<string, unknown>>;

/** Of a name that is there twice the last one counts. @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4 RFC 7519} */
function decoded(part: string): Json {
  const bytes = Buffer.from(part, 'base64url');
  return isUtf8(bytes) ? parseJsonObject(bytes.toString('utf8')) : {};
}

function problemOf(claims: Json, expected: Expected): IdTokenProblem | undefined {
  const { iss, aud, exp, iat, sub } = claims;
  const now = expected.now / 1000;
  if (!isIssuer(iss, expected)) return 'issuer';
  if (aud !== expected.clientId) return 'audience';
  if (!isNumber(exp) || exp <= now - GRACE_SECONDS) return 'expired';
  if (!isNumber(iat) || iat > now + GRACE_SECONDS) return 'from-the-future';
  return typeof sub === 'string' && SUBJECT.test(sub) ? undefined : 'subject';
}

/** The PIM sends its address as it is configured, with a slash at the end for instance. */
function isIssuer(iss: unknown, { pim, pimUrlPolicy }: Expected): boolean {
  if (typeof iss !== 'string') return false;
  const parsed = PimUrl.parse(iss, pimUrlPolicy);
  return !isMalformed(parsed) && parsed.toString() === pim.toString();
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** @param claims with a subject. */
function claimsOf({ sub, firstname, lastname, email }: Json): Claims {
  return {
    sub: String(sub),
    ...(isName(firstname) && { givenName: firstname }),
    ...(isName(lastname) && { familyName: lastname }),
    ...(isName(email) && { email }),
  };
}

/** What is none is left out, as the App shows it and keeps it. */
function isName(value: unknown): value is string {
  const isText = typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH;
  return isText && !NOT_IN_NAMES.test(value);
}
