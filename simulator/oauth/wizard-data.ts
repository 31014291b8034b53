import { type Answer, json } from '../http/answer.ts';
import { scopeMessages } from '../scopes/scope-messages.ts';
import type { UserExchange } from '../users/guards.ts';
import { appNotFound } from './confirm.ts';

/**
 * `GET /rest/apps/load-wizard-data/{client_id}`: what the wizard and the consent modal show. The
 * members are the PIM's; the form of a scope message is the simulator's own.
 *
 * @see docs/pim-contract.md §2.7
 */
export function showWizardData({ pim, segment, session, account }: UserExchange): Answer {
  const app = pim.customApps.find(segment);
  const requested = session.authorizations.get(segment)?.scopes;
  if (!app || !requested) return appNotFound();
  const connected = pim.connectedApps.find(segment);
  return json(200, {
    appName: app.name,
    appLogo: null,
    appUrl: app.activateUrl,
    appIsCertified: false,
    oldScopeMessages: connected ? scopeMessages(connected.scopes) : null,
    scopeMessages: scopeMessages(requested.authorization),
    oldAuthenticationScopes: withoutOpenId(pim.consents.of(account.id, segment).scopes),
    authenticationScopes: withoutOpenId(requested.authentication),
    displayCheckboxConsent: !connected,
  });
}

function withoutOpenId(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => scope !== 'openid');
}
