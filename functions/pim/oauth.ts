import { createHash } from 'node:crypto';
import { AccessToken, type AuthorizationCode, type ClientSecret, IdToken } from './credentials.ts';
import { isMalformed } from './malformed.ts';
import type { PimUrl } from './pim-url.ts';
import { formatScope, parseScope, type ScopeSet } from './scopes.ts';
import { type Answered, type PimFailure, parseJsonObject } from './send.ts';

/** What an authorization request of the PIM consists of; there is no `redirect_uri` and no PKCE. */
export interface AuthorizationRequest {
  readonly clientId: string;
  /**
   * Always the full list of the App's scopes: asking for fewer silently takes rights away from a
   * connected App (docs/pim-contract.md §3.4).
   */
  readonly scopes: ScopeSet;
  readonly state: string;
}

/**
 * The PIM's authorize page for this request.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1 RFC 6749, section 4.1.1}
 * @see docs/pim-contract.md §2.1
 */
export function authorizeUrl(pim: PimUrl, request: AuthorizationRequest): string {
  const url = pim.at('/connect/apps/v1/authorize');
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: request.clientId,
    scope: formatScope(request.scopes),
    state: request.state,
  }).toString();
  return url.href;
}

/** What the exchange of an authorization code needs. */
export interface TokenRequest {
  readonly clientId: string;
  readonly clientSecret: ClientSecret;
  readonly authorizationCode: AuthorizationCode;
  /** A random, non-empty text, new for each request. */
  readonly codeIdentifier: string;
}

/** The form body of the token request. It holds the code: never log it. */
export function tokenRequestBody(request: TokenRequest): string {
  return new URLSearchParams({
    client_id: request.clientId,
    code_identifier: request.codeIdentifier,
    code_challenge: codeChallenge(request.codeIdentifier, request.clientSecret),
    code: request.authorizationCode.reveal(),
    grant_type: 'authorization_code',
  }).toString();
}

/**
 * Akeneo's proof of the client secret: lower-case hex `sha256(code_identifier + client_secret)`.
 *
 * Despite its name it is no PKCE: nothing binds it to one code, so whoever receives identifier and
 * challenge can use them again. It may therefore only ever go to a PIM that the operator has listed.
 *
 * @see docs/pim-contract.md §4.2
 */
function codeChallenge(codeIdentifier: string, clientSecret: ClientSecret): string {
  return createHash('sha256')
    .update(codeIdentifier + clientSecret.reveal())
    .digest('hex');
}

/** What a token request came to. */
export type TokenOutcome =
  | {
      readonly kind: 'granted';
      readonly accessToken: AccessToken;
      readonly scopes: ScopeSet;
      /** Only if the PIM user has agreed to `openid`. Nothing of it is checked. */
      readonly idToken?: IdToken;
    }
  /** The PIM knows the client but not this secret, or does not know the client. */
  | { readonly kind: 'invalid_client' }
  | InvalidGrant
  /** Any other error of RFC 6749 §5.2: the request itself is not to the PIM's liking. */
  | { readonly kind: 'refused' }
  /** A grant whose scopes no PIM has. The next one would be the same. */
  | { readonly kind: 'malformed-scopes' }
  | PimFailure;

/** The code is unknown, used or older than 30 s. */
export interface InvalidGrant {
  readonly kind: 'invalid_grant';
  /** Which of these, as far as the PIM says it. */
  readonly codeIs: 'expired' | 'unknown-or-used' | 'not-said';
}

/**
 * Reads the PIM's answer to a token request. Everything that is not exactly a success or an error of the protocol (a
 * proxy's page, a login form, truncated JSON) is a failure.
 *
 * `token_type` is compared without case (RFC 6749 §5.1).
 *
 * @see docs/pim-contract.md §4.3 and §4.4
 */
export function readTokenAnswer({
  status,
  body,
  retryAfter,
}: Omit<Answered, 'kind'>): TokenOutcome {
  const json = parseJsonObject(body);
  const outcome = status === 200 ? readGrant(json) : status === 400 ? readError(json) : undefined;
  if (outcome) return outcome;
  const more = retryAfter !== undefined && { retryAfter };
  return { kind: 'failed', failure: 'unexpected-answer', status, ...more };
}

/** Far more than the names of all scopes. The granted ones are stored, logged and sent as an event. */
const MAX_GRANTED_SCOPE_LENGTH = 4096;

/** Names of printable ASCII without quote and backslash, delimited by spaces (RFC 6749 §3.3). */
const SCOPE = /^[ !#-[\]-~]*$/;

function readGrant(json: Readonly<Record<string, unknown>>): TokenOutcome | undefined {
  const accessToken = AccessToken.parse(json['access_token']);
  const { token_type: type, scope } = json;
  if (isMalformed(accessToken) || typeof type !== 'string' || typeof scope !== 'string')
    return undefined;
  if (type.toLowerCase() !== 'bearer') return undefined;
  if (scope.length > MAX_GRANTED_SCOPE_LENGTH || !SCOPE.test(scope))
    return { kind: 'malformed-scopes' };
  const { id_token: idToken } = json;
  const signed = typeof idToken === 'string' && { idToken: IdToken.of(idToken) };
  return { kind: 'granted', accessToken, scopes: parseScope(scope), ...signed };
}

const CODE_IS: ReadonlyMap<unknown, InvalidGrant['codeIs']> = new Map([
  ['Code has expired', 'expired'],
  ['Code is not valid', 'unknown-or-used'],
]);

function readError(json: Readonly<Record<string, unknown>>): TokenOutcome | undefined {
  const { error, error_description: description } = json;
  if (typeof error !== 'string') return undefined;
  if (error === 'invalid_grant')
    return { kind: error, codeIs: CODE_IS.get(description) ?? 'not-said' };
  return { kind: error === 'invalid_client' ? error : 'refused' };
}
