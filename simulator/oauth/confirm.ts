import type { AppAuthorization, PimAccount } from '../accounts/accounts.ts';
import type { LoggedIn } from '../accounts/guards.ts';
import { appNotFound, clientIdOf, forbidden, type PimContext } from '../http/answers.ts';
import type { Pim } from '../pim.ts';
import { expandScopes, scopeMessages } from '../scopes.ts';
import { callbackWithCode } from './authorize.ts';

const CONSTRAINT = 'akeneo_connectivity.connection.connect.apps.constraint.client_id';

/**
 * `GET /rest/apps/load-wizard-data/{client_id}`: what the wizard and the consent modal show. Beside the old scopes it
 * lists the new ones only. The members are the PIM's; the form of a scope message is the simulator's own.
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
  const granted = expandScopes(connected?.scopes ?? []);
  const consented = withoutOpenId(pim.consents.of(account.id, clientId).scopes);
  return c.json({
    appName: app.name,
    appLogo: app.logo ?? null,
    // Of an App in the App Store, its page there.
    appUrl: null,
    appIsCertified: false,
    oldScopeMessages: connected ? scopeMessages(connected.scopes) : null,
    scopeMessages: scopeMessages(requested.authorization.filter((scope) => !granted.has(scope))),
    oldAuthenticationScopes: consented.length > 0 ? consented : null,
    authenticationScopes: withoutOpenId(requested.authentication).filter(
      (scope) => !consented.includes(scope),
    ),
    displayCheckboxConsent: !connected,
  });
}

function withoutOpenId(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => scope !== 'openid');
}

/**
 * `POST /rest/apps/confirm-authorization/{client_id}`: the wizard's "Confirm". It connects the
 * App, or gives a connected one exactly the requested scopes, and replaces the user's consent, with or without `openid`.
 *
 * @see docs/pim-contract.md §2.4
 */
export function confirmAuthorization(c: PimContext, { session, account }: LoggedIn): Response {
  const { pim } = c.var;
  const clientId = clientIdOf(c);
  const authorization = session.authorizations.get(clientId);
  if (!pim.customApps.find(clientId)) return appNotFound(c);
  if (!account.mayManageApps) return forbidden(c);
  if (!pim.oauthClients.has(clientId)) return invalidClientId(c, 'must_be_valid');
  if (!authorization) return invalidClientId(c, 'must_have_ongoing_authorization');

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
  if (!pim.oauthClients.has(clientId)) return invalidClientId(c, 'must_be_valid');
  if (!authorization || !pim.connectedApps.find(clientId))
    return invalidClientId(c, 'must_have_ongoing_authorization');

  giveConsent(pim, clientId, authorization, account);
  return c.json({ redirectUrl: callbackWithCode(pim, clientId, authorization, account) });
}

/** A disconnection deletes the client's record: a wizard that was open before then is `must_be_valid`. */
function invalidClientId(
  c: PimContext,
  rule: 'must_be_valid' | 'must_have_ongoing_authorization',
): Response {
  const error = { message: `${CONSTRAINT}.${rule}`, property_path: 'clientId' };
  return c.json({ errors: [error] }, 400);
}

function giveConsent(
  pim: Pim,
  clientId: string,
  { scopes }: AppAuthorization,
  account: PimAccount,
): void {
  pim.consents.give(account.id, clientId, scopes.authentication);
}
