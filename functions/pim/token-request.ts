import { createHash } from 'node:crypto';
import type { AuthorizationCode, ClientSecret } from './credentials.ts';

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
