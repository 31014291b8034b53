import { type Answer, json } from '../http/answer.ts';
import { bodyParameters, MalformedJsonError } from '../http/body-parameters.ts';
import type { Exchange } from '../http/router.ts';
import { createIdToken } from '../openid/id-token.ts';
import type { Pim } from '../pim.ts';
import { sortedScopes } from '../scopes/scope-list.ts';
import type { UserConsent } from '../users/consents.ts';
import { type CheckedTokenRequest, checkTokenRequest } from './token-request.ts';

/**
 * `POST /connect/apps/v1/oauth2/token`: exchanges a code for the App's access token. Parameters
 * count in the body only; every refusal is a 400.
 *
 * @see docs/pim-contract.md §4
 */
export async function requestAccessToken({ pim, request }: Exchange): Promise<Answer> {
  try {
    const checked = checkTokenRequest(pim, bodyParameters(request));
    return 'error' in checked ? json(400, checked) : json(200, await exchange(pim, checked));
  } catch (error) {
    if (!(error instanceof MalformedJsonError)) throw error;
    return json(400, { code: 400, message: error.message });
  }
}

/** The order of the members is the PIM's: token, type, scope, id token. */
async function exchange(pim: Pim, request: CheckedTokenRequest): Promise<object> {
  const granted = pim.connectedApps.find(request.clientId)?.scopes;
  if (!granted) throw new Error('The client of the token request is not connected.');
  const { account } = request.authorizationCode;
  const consent = pim.consents.of(account.id, request.clientId);
  const authentication = consent.scopes.includes('openid') ? consent.scopes : [];
  pim.codes.markAsUsed(request.code);
  return {
    access_token: pim.tokens.issue(request.clientId, granted.join(' ')),
    token_type: 'bearer',
    scope: sortedScopes([...granted, ...authentication]).join(' '),
    ...(authentication.length > 0 ? { id_token: await idToken(pim, request, consent) } : {}),
  };
}

async function idToken(
  pim: Pim,
  request: CheckedTokenRequest,
  consent: UserConsent,
): Promise<string> {
  const { account } = request.authorizationCode;
  const subject = { issuer: pim.url, clientId: request.clientId, account, consent };
  return createIdToken(subject, await pim.openIdKeys.current(), pim.now());
}
