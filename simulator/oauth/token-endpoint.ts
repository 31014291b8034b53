import { createHash } from 'node:crypto';
import type { PimAccount } from '../accounts/accounts.ts';
import type { CustomApp } from '../apps/custom-apps.ts';
import { apiError, type PimContext } from '../http/answers.ts';
import { bodyParameters, MalformedJsonError, parameter } from '../http/parameters.ts';
import {
  createIdToken,
  forgeIdToken,
  type IdTokenForgery,
  type IdTokenSubject,
} from '../id-token.ts';
import type { Pim } from '../pim.ts';
import { sortedScopes } from '../scopes.ts';
import type { AuthorizationCode } from './codes-and-tokens.ts';

/** An error of the token endpoint. The status is always 400. */
interface TokenError {
  readonly error: 'invalid_client' | 'invalid_request' | 'invalid_grant' | 'unsupported_grant_type';
  readonly error_description?: string;
}

/** A token request that passed every check. */
interface CheckedTokenRequest {
  readonly clientId: string;
  readonly code: string;
  readonly authorizationCode: AuthorizationCode;
}

/**
 * `POST /connect/apps/v1/oauth2/token`: exchanges a code for the App's access token. It reads
 * parameters from the body only; every refusal is a 400.
 *
 * @see docs/pim-contract.md §4
 */
export async function requestAccessToken(c: PimContext): Promise<Response> {
  try {
    const checked = checkTokenRequest(c.var.pim, await bodyParameters(c));
    if ('error' in checked) return c.json(checked, 400);
    return c.json(await exchange(c.var.pim, checked, c.var.idTokenForgery));
  } catch (error) {
    if (!(error instanceof MalformedJsonError)) throw error;
    return apiError(c, 400, error.message);
  }
}

/**
 * Checks a token request in the PIM's order and stops at the first error: challenge, then
 * `client_id`, `code`, `grant_type`, `code_identifier`, `code_challenge`. The code stays usable.
 *
 * @see docs/pim-contract.md §4.3
 */
function checkTokenRequest(pim: Pim, body: URLSearchParams): CheckedTokenRequest | TokenError {
  const clientId = knownClientId(pim, value(body, 'client_id'));
  const code = value(body, 'code');
  const clientError = checkClient(pim, clientId, body);
  if (clientError) return clientError;
  const authorizationCode = checkCode(pim, code);
  if ('error' in authorizationCode) return authorizationCode;
  return checkOtherParameters(body) ?? { clientId, code, authorizationCode };
}

/** As it came: the PIM trims nothing. */
function value(body: URLSearchParams, name: string): string {
  return parameter(body, name) ?? '';
}

/** A client id as it was registered: the PIM's database compares without case. */
function knownClientId(pim: Pim, clientId: string): string {
  const isSame = (app: CustomApp): boolean => app.clientId.toLowerCase() === clientId.toLowerCase();
  return pim.customApps.all().find(isSame)?.clientId ?? clientId;
}

function checkClient(pim: Pim, clientId: string, body: URLSearchParams): TokenError | undefined {
  if (!isChallengeAcceptable(pim, clientId, body)) return { error: 'invalid_client' };
  if (clientId === '') return { error: 'invalid_request' };
  return pim.oauthClients.has(clientId) ? undefined : { error: 'invalid_client' };
}

/** True when a part is missing: later checks report that. */
function isChallengeAcceptable(pim: Pim, clientId: string, body: URLSearchParams): boolean {
  const identifier = parameter(body, 'code_identifier');
  const challenge = parameter(body, 'code_challenge');
  if (pim.acceptsAnyChallenge || !clientId || !identifier || !challenge) return true;
  const secret = pim.customApps.find(clientId)?.clientSecret;
  if (secret === undefined) return false;
  return challenge === createHash('sha256').update(`${identifier}${secret}`).digest('hex');
}

function checkCode(pim: Pim, code: string): AuthorizationCode | TokenError {
  if (code === '') return { error: 'invalid_request' };
  const authorizationCode = pim.codes.find(code);
  if (!authorizationCode) return invalidGrant('Code is not valid');
  return pim.codes.hasExpired(authorizationCode)
    ? invalidGrant('Code has expired')
    : authorizationCode;
}

function checkOtherParameters(body: URLSearchParams): TokenError | undefined {
  if (value(body, 'grant_type') !== 'authorization_code')
    return { error: 'unsupported_grant_type' };
  const isBlank = (name: string): boolean => value(body, name) === '';
  return ['code_identifier', 'code_challenge'].some(isBlank)
    ? { error: 'invalid_request' }
    : undefined;
}

function invalidGrant(description: string): TokenError {
  return { error: 'invalid_grant', error_description: description };
}

/**
 * The order of the members is the PIM's: token, type, scope, id token. The token is stored and the code marked as used
 * before the id token is made, which fails without keys.
 *
 * @see docs/pim-contract.md §2.6
 */
async function exchange(
  pim: Pim,
  request: CheckedTokenRequest,
  forgery?: IdTokenForgery,
): Promise<object> {
  const granted = pim.connectedApps.find(request.clientId)?.scopes;
  if (!granted) throw new Error('The client of the token request is not connected.');
  const { account } = request.authorizationCode;
  const consent = pim.consents.of(account.id, request.clientId);
  const authentication = consent.scopes.includes('openid') ? consent.scopes : [];
  const person = asShown(account, pim.personalText);
  const subject = { issuer: pim.url, clientId: request.clientId, account: person, consent };
  pim.codes.markAsUsed(request.code);
  return {
    access_token: pim.tokens.issue(request.clientId, granted.join(' ')),
    token_type: 'bearer',
    scope: sortedScopes([...granted, ...authentication]).join(' '),
    ...(authentication.length > 0 ? { id_token: await idTokenFor(pim, subject, forgery) } : {}),
  };
}

async function idTokenFor(
  pim: Pim,
  subject: IdTokenSubject,
  forgery: IdTokenForgery | undefined,
): Promise<string | undefined> {
  const key = await pim.openIdKeys.current();
  return forgery === undefined
    ? createIdToken(subject, key, pim.now())
    : forgeIdToken(forgery, subject, key, pim.now());
}

function asShown(account: PimAccount, shown: Pim['personalText']): PimAccount {
  const { firstName, lastName, email } = account;
  return {
    ...account,
    firstName: shown(firstName),
    lastName: shown(lastName),
    email: shown(email),
  };
}
