import type { AppAuthorization, PimAccount } from '../accounts/accounts.ts';
import { requiresConsent } from '../accounts/consents.ts';
import type { LoggedIn } from '../accounts/guards.ts';
import type { ConnectedApp } from '../apps/connected-apps.ts';
import type { CustomApp } from '../apps/custom-apps.ts';
import { APP_NOT_FOUND, forbiddenPage, type PimContext } from '../http/answers.ts';
import { appendQuery, buildQuery, parameter, queryParameters } from '../http/parameters.ts';
import type { Pim } from '../pim.ts';
import { newScopes, parseRequestedScopes } from '../scopes.ts';

const CONSTRAINT = 'akeneo_connectivity.connection.connect.apps.constraint';
const MAXIMUM_SCOPE_LENGTH = 1000;

/**
 * `GET /connect/apps/v1/authorize`: sends the browser to the wizard, to the small consent modal or
 * straight back to the App with a code.
 *
 * @see docs/pim-contract.md §2.3
 */
export async function authorize(c: PimContext, { session, account }: LoggedIn): Promise<Response> {
  const { pim } = c.var;
  const query = queryParameters(c);
  const app = pim.customApps.find(parameter(query, 'client_id') ?? '');
  if (!app) return toPage(c, 'authorize', { error: APP_NOT_FOUND });
  // Before the request is checked: the PIM makes the client's record even for one that it refuses.
  pim.oauthClients.add(app.clientId);
  const error = authorizeError(query);
  if (error !== undefined) return toPage(c, 'authorize', { error });

  const authorization = authorizationOf(c, app, query);
  if (authorization.scopes.authentication.includes('openid')) await pim.openIdKeys.prepare();
  session.authorizations.set(app.clientId, authorization);
  return decide(c, app.clientId, authorization, account);
}

/**
 * The first thing wrong with an authorize request of a known App, as a translation key; `undefined` when
 * nothing is. The error stays inside the PIM: the App is not told. `redirect_uri` and everything else of
 * OAuth's is not even read.
 *
 * @see docs/pim-contract.md §2.1, §2.2
 */
function authorizeError(query: URLSearchParams): string | undefined {
  const responseType = parameter(query, 'response_type') ?? '';
  const scope = parameter(query, 'scope') ?? '';
  if (responseType === '') return `${CONSTRAINT}.response_type.not_blank`;
  if (responseType !== 'code') return `${CONSTRAINT}.response_type.must_be_code`;
  return scope.length > MAXIMUM_SCOPE_LENGTH ? `${CONSTRAINT}.scope.too_long` : undefined;
}

function authorizationOf(
  { var: { pim, grantsFewerScopes = false } }: PimContext,
  app: CustomApp,
  query: URLSearchParams,
): AppAuthorization {
  const scopes = parseRequestedScopes(parameter(query, 'scope') ?? '', pim.knownScopes);
  const { authorization, authentication } = scopes;
  const half = authorization.slice(0, authorization.length / 2);
  return {
    scopes: grantsFewerScopes ? { authorization: half, authentication } : scopes,
    callbackUrl: app.callbackUrl,
    state: parameter(query, 'state'),
  };
}

function decide(
  c: PimContext,
  clientId: string,
  authorization: AppAuthorization,
  account: PimAccount,
): Response {
  const { pim } = c.var;
  const { scopes } = authorization;
  const page = settleScopes(c, clientId, scopes.authorization, account);
  if (page) return page;
  return requiresConsent(pim.consents, account, clientId, scopes.authentication)
    ? toPage(c, 'authenticate', { client_id: clientId })
    : c.redirect(callbackWithCode(pim, clientId, authorization, account));
}

/**
 * Grants the requested scopes when nobody has to be asked; otherwise returns the page that comes first. Fewer scopes
 * reduce the App's rights already here, even if the code is never redeemed.
 */
function settleScopes(
  c: PimContext,
  clientId: string,
  requested: readonly string[],
  { mayManageApps }: PimAccount,
): Response | undefined {
  const { connectedApps } = c.var.pim;
  const connected = connectedApps.find(clientId);
  if (!mayManageApps) return connected ? undefined : forbiddenPage(c);
  if (needsWizard(connected, requested)) return toPage(c, 'authorize', { client_id: clientId });
  connectedApps.grant(clientId, requested);
  return undefined;
}

function needsWizard(connected: ConnectedApp | undefined, requested: readonly string[]): boolean {
  return !connected || newScopes(requested, connected.scopes).length > 0;
}

/** To a page of the PIM's own application. */
function toPage(
  c: PimContext,
  page: 'authorize' | 'authenticate',
  parameters: Readonly<Record<string, string>>,
): Response {
  return c.redirect(`${c.var.pim.path}/#/connect/apps/${page}?${buildQuery(parameters)}`);
}

/**
 * Issues a code and returns the App's callback URL with it: `code`, then `state` if the App sent one, and
 * nothing else.
 *
 * @see docs/pim-contract.md §2.4
 */
export function callbackWithCode(
  pim: Pim,
  clientId: string,
  { callbackUrl, state }: AppAuthorization,
  account: PimAccount,
): string {
  const code = pim.codes.issue(clientId, account);
  return appendQuery(callbackUrl, buildQuery({ code, state }));
}
