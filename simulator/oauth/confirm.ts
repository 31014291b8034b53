import { type Answer, json } from '../http/answer.ts';
import type { Pim } from '../pim.ts';
import type { PimAccount } from '../users/accounts.ts';
import type { UserExchange } from '../users/guards.ts';
import type { AppAuthorization } from '../users/sessions.ts';
import { APP_NOT_FOUND, NO_ONGOING_AUTHORIZATION } from './authorize-errors.ts';
import { callbackWithCode } from './callback-url.ts';

/**
 * `POST /rest/apps/confirm-authorization/{client_id}`: the wizard's "Confirm". It connects the
 * App, or gives a connected one exactly the requested scopes, and notes the user's consent.
 *
 * @see docs/pim-contract.md §2.4
 */
export function confirmAuthorization(exchange: UserExchange): Answer {
  const { pim, segment: clientId, session, account } = exchange;
  const authorization = session.authorizations.get(clientId);
  if (!pim.customApps.find(clientId)) return appNotFound();
  if (!account.mayManageApps) return forbidden();
  if (!authorization) return noOngoingAuthorization();

  const app = pim.connectedApps.grant(clientId, authorization.scopes.authorization);
  giveConsent(pim, clientId, authorization, account);
  const redirectUrl = callbackWithCode(pim, clientId, authorization, account);
  return json(200, { appId: clientId, userGroup: app.userGroup, redirectUrl });
}

/**
 * `POST /rest/apps/confirm-authentication/{client_id}`: the consent modal's "Confirm", which any
 * user of the PIM may press for themselves.
 *
 * @see docs/pim-contract.md §2.4
 */
export function confirmAuthentication(exchange: UserExchange): Answer {
  const { pim, segment: clientId, session, account } = exchange;
  const authorization = session.authorizations.get(clientId);
  if (!pim.customApps.find(clientId)) return appNotFound();
  if (!authorization || !pim.connectedApps.find(clientId)) return noOngoingAuthorization();

  giveConsent(pim, clientId, authorization, account);
  return json(200, { redirectUrl: callbackWithCode(pim, clientId, authorization, account) });
}

/** The XHR answer about an App that the PIM does not know. */
export function appNotFound(): Answer {
  return json(404, { errors: [{ message: APP_NOT_FOUND }] });
}

/** The XHR answer to a user who lacks the permission. */
export function forbidden(): Answer {
  return json(403, { code: 403, message: 'Access Denied.' });
}

function noOngoingAuthorization(): Answer {
  const error = { message: NO_ONGOING_AUTHORIZATION, property_path: 'clientId' };
  return json(400, { errors: [error] });
}

function giveConsent(
  pim: Pim,
  clientId: string,
  { scopes }: AppAuthorization,
  account: PimAccount,
): void {
  if (!scopes.authentication.includes('openid')) return;
  pim.consents.give(account.id, clientId, scopes.authentication);
}
