import type { AppAuthorization, PimAccount } from '../accounts/accounts.ts';
import type { LoggedIn } from '../accounts/guards.ts';
import { appNotFound, clientIdOf, forbidden, type PimContext } from '../http/answers.ts';
import type { Pim } from '../pim.ts';
import { scopeMessages } from '../scopes.ts';
import { callbackWithCode } from './authorize.ts';

const NO_ONGOING_AUTHORIZATION =
  'akeneo_connectivity.connection.connect.apps.constraint.client_id.must_have_ongoing_authorization';

/**
 * `GET /rest/apps/load-wizard-data/{client_id}`: what the wizard and the consent modal show. The
 * members are the PIM's; the form of a scope message is the simulator's own.
 *
 * @see docs/pim-contract.md §2.7
 */
export function showWizardData(c: PimContext, { session, account }: LoggedIn): Response {
  const { pim } = c.var;
  const clientId = clientIdOf(c);
  const app = pim.customApps.find(clientId);
  const requested = session.authorizations.get(clientId)?.scopes;
  if (!app || !requested) return appNotFound(c);
  const connected = pim.connectedApps.find(clientId);
  return c.json({
    appName: app.name,
    appLogo: null,
    appUrl: app.activateUrl,
    appIsCertified: false,
    oldScopeMessages: connected ? scopeMessages(connected.scopes) : null,
    scopeMessages: scopeMessages(requested.authorization),
    oldAuthenticationScopes: withoutOpenId(pim.consents.of(account.id, clientId).scopes),
    authenticationScopes: withoutOpenId(requested.authentication),
    displayCheckboxConsent: !connected,
  });
}

function withoutOpenId(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => scope !== 'openid');
}

/**
 * `POST /rest/apps/confirm-authorization/{client_id}`: the wizard's "Confirm". It connects the
 * App, or gives a connected one exactly the requested scopes, and notes the user's consent.
 *
 * @see docs/pim-contract.md §2.4
 */
export function confirmAuthorization(c: PimContext, { session, account }: LoggedIn): Response {
  const { pim } = c.var;
  const clientId = clientIdOf(c);
  const authorization = session.authorizations.get(clientId);
  if (!pim.customApps.find(clientId)) return appNotFound(c);
  if (!account.mayManageApps) return forbidden(c);
  if (!authorization) return noOngoingAuthorization(c);

  const app = pim.connectedApps.grant(clientId, authorization.scopes.authorization);
  giveConsent(pim, clientId, authorization, account);
  const redirectUrl = callbackWithCode(pim, clientId, authorization, account);
  return c.json({ appId: clientId, userGroup: app.userGroup, redirectUrl });
}

/**
 * `POST /rest/apps/confirm-authentication/{client_id}`: the consent modal's "Confirm", which any
 * user of the PIM may press for themselves.
 *
 * @see docs/pim-contract.md §2.4
 */
export function confirmAuthentication(c: PimContext, { session, account }: LoggedIn): Response {
  const { pim } = c.var;
  const clientId = clientIdOf(c);
  const authorization = session.authorizations.get(clientId);
  if (!pim.customApps.find(clientId)) return appNotFound(c);
  if (!authorization || !pim.connectedApps.find(clientId)) return noOngoingAuthorization(c);

  giveConsent(pim, clientId, authorization, account);
  return c.json({ redirectUrl: callbackWithCode(pim, clientId, authorization, account) });
}

function noOngoingAuthorization(c: PimContext): Response {
  const error = { message: NO_ONGOING_AUTHORIZATION, property_path: 'clientId' };
  return c.json({ errors: [error] }, 400);
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
