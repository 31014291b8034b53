import { createHash } from 'node:crypto';
import { parameter } from '../http/pim-request.ts';
import type { Pim } from '../pim.ts';
import type { AuthorizationCode } from './authorization-codes.ts';

/** What the token endpoint says when it says no. The status is always 400. */
export interface TokenError {
  readonly error: 'invalid_client' | 'invalid_request' | 'invalid_grant' | 'unsupported_grant_type';
  readonly error_description?: string;
}

/** A token request in which everything is right. */
export interface CheckedTokenRequest {
  readonly clientId: string;
  readonly code: string;
  readonly authorizationCode: AuthorizationCode;
}

/**
 * Checks a token request in the PIM's order and stops at the first fault: challenge, then
 * `client_id`, `code`, `grant_type`, `code_identifier`, `code_challenge`. Nothing is used up.
 *
 * @see docs/pim-contract.md §4.3
 */
export function checkTokenRequest(
  pim: Pim,
  body: URLSearchParams,
): CheckedTokenRequest | TokenError {
  const value = (name: string): string => (parameter(body, name) ?? '').trim();
  const [clientId, code] = [value('client_id'), value('code')];
  if (!isChallengeAcceptable(pim, body)) return { error: 'invalid_client' };
  if (clientId === '') return { error: 'invalid_request' };
  if (!pim.oauthClients.has(clientId)) return { error: 'invalid_client' };
  const authorizationCode = pim.codes.find(code);
  const codeError = checkCode(pim, code, authorizationCode);
  if (codeError || !authorizationCode) return codeError ?? { error: 'invalid_grant' };
  if (value('grant_type') !== 'authorization_code') return { error: 'unsupported_grant_type' };
  if (value('code_identifier') === '') return { error: 'invalid_request' };
  if (value('code_challenge') === '') return { error: 'invalid_request' };
  return { clientId, code, authorizationCode };
}

/** Skipped when a part is missing: the checks for blank parameters speak then. */
function isChallengeAcceptable(pim: Pim, body: URLSearchParams): boolean {
  const clientId = parameter(body, 'client_id');
  const identifier = parameter(body, 'code_identifier');
  const challenge = parameter(body, 'code_challenge');
  if (!clientId || !identifier || !challenge) return true;
  const secret = pim.customApps.find(clientId)?.clientSecret;
  if (secret === undefined) return false;
  return challenge === createHash('sha256').update(`${identifier}${secret}`).digest('hex');
}

function checkCode(
  pim: Pim,
  code: string,
  authorizationCode: AuthorizationCode | undefined,
): TokenError | undefined {
  if (code === '') return { error: 'invalid_request' };
  if (!authorizationCode) return invalidGrant('Code is not valid');
  if (pim.codes.hasExpired(authorizationCode)) return invalidGrant('Code has expired');
  return undefined;
}

function invalidGrant(description: string): TokenError {
  return { error: 'invalid_grant', error_description: description };
}
