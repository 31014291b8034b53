import type { ConnectedApp } from '../apps/connected-apps.ts';
import type { CustomApp } from '../apps/custom-apps.ts';
import { type Answer, redirect } from '../http/answer.ts';
import { buildQuery } from '../http/build-query.ts';
import { forbiddenPage } from '../http/pages.ts';
import { parameter } from '../http/pim-request.ts';
import type { Pim } from '../pim.ts';
import { newScopes } from '../scopes/hierarchy.ts';
import { parseRequestedScopes } from '../scopes/scope-list.ts';
import type { PimAccount } from '../users/accounts.ts';
import { requiresConsent } from '../users/consents.ts';
import type { UserExchange } from '../users/guards.ts';
import type { AppAuthorization } from '../users/sessions.ts';
import { APP_NOT_FOUND, authorizeError, showAuthorizeError } from './authorize-errors.ts';
import { callbackWithCode } from './callback-url.ts';

/**
 * `GET /connect/apps/v1/authorize`: sends the browser to the wizard, to the small consent modal or
 * straight back to the App with a code.
 *
 * @see docs/pim-contract.md §2.3
 */
export function authorize({ pim, request, session, account }: UserExchange): Answer {
  const error = authorizeError(pim, request.query);
  const app = pim.customApps.find(parameter(request.query, 'client_id') ?? '');
  if (error !== undefined || !app) return showAuthorizeError(pim, error ?? APP_NOT_FOUND);

  pim.oauthClients.add(app.clientId);
  const authorization = authorizationOf(pim, app, request.query);
  session.authorizations.set(app.clientId, authorization);
  return decide(pim, app.clientId, authorization, account);
}

function authorizationOf(pim: Pim, app: CustomApp, query: URLSearchParams): AppAuthorization {
  return {
    scopes: parseRequestedScopes(parameter(query, 'scope') ?? '', pim.knownScopes),
    callbackUrl: app.callbackUrl,
    state: parameter(query, 'state'),
  };
}

function decide(
  pim: Pim,
  clientId: string,
  authorization: AppAuthorization,
  account: PimAccount,
): Answer {
  const { scopes } = authorization;
  const page = settleScopes(pim, clientId, scopes.authorization, account);
  if (page) return page;
  return requiresConsent(pim.consents, account, clientId, scopes.authentication)
    ? toPage(pim, 'authenticate', clientId)
    : redirect(callbackWithCode(pim, clientId, authorization, account));
}

/**
 * Grants the requested scopes when nobody has to be asked; otherwise returns the page that comes first. Fewer scopes
 * reduce the App's rights already here, even if the code is never redeemed.
 */
function settleScopes(
  pim: Pim,
  clientId: string,
  requested: readonly string[],
  { mayManageApps }: PimAccount,
): Answer | undefined {
  const connected = pim.connectedApps.find(clientId);
  if (!mayManageApps) return connected ? undefined : forbiddenPage();
  if (needsWizard(connected, requested)) return toPage(pim, 'authorize', clientId);
  pim.connectedApps.grant(clientId, requested);
  return undefined;
}

function needsWizard(connected: ConnectedApp | undefined, requested: readonly string[]): boolean {
  return !connected || newScopes(requested, connected.scopes).length > 0;
}

function toPage(pim: Pim, page: 'authorize' | 'authenticate', clientId: string): Answer {
  return redirect(`${pim.path}/#/connect/apps/${page}?${buildQuery({ client_id: clientId })}`);
}
