import { modeOf, type PimSession } from '../accounts/accounts.ts';
import type { LoggedIn, UserHandler } from '../accounts/guards.ts';
import {
  appNotFound,
  clientIdOf,
  forbidden,
  forbiddenPage,
  notFoundPage,
  type PimContext,
} from '../http/answers.ts';
import { appendQuery, bodyParameters, buildQuery, parameter } from '../http/parameters.ts';
import { deleteCustomApp, disconnectApp, type Pim } from '../pim.ts';
import { scopeMessages } from '../scopes.ts';
import { type CustomApp, InvalidCustomAppError } from './custom-apps.ts';

/**
 * `GET /rest/apps/{client_id}/activate-url`: the URL that "Connect" opens. Only for users who manage Apps.
 *
 * @see docs/pim-contract.md §1
 */
export function showActivateUrl(c: PimContext, { account }: LoggedIn): Response {
  const app = c.var.pim.customApps.find(clientIdOf(c));
  if (!app) return appNotFound(c);
  return account.mayManageApps ? c.json({ url: activateUrl(c.var.pim, app) }) : forbidden(c);
}

/**
 * `GET /rest/apps/{client_id}/open-app-url`: the URL that "Open app" opens, which is the same. Asking
 * for it as a manager clears the App's "outdated scopes" flag, before the App is even reached.
 *
 * @see docs/pim-contract.md §1
 */
export function showOpenAppUrl(c: PimContext, { account }: LoggedIn): Response {
  const { pim } = c.var;
  const app = pim.customApps.find(clientIdOf(c));
  const connectedApp = pim.connectedApps.find(clientIdOf(c));
  if (!app || !connectedApp) return appNotFound(c);
  if (account.mayManageApps) connectedApp.hasOutdatedScopes = false;
  return c.json({ url: activateUrl(pim, app) });
}

function activateUrl(pim: Pim, app: CustomApp): string {
  return appendQuery(app.activateUrl, buildQuery({ pim_url: pim.url }));
}

/**
 * `GET /connect/apps/v1/connected_app/{client_id}`: the page to which an App may send its users.
 *
 * @see docs/pim-contract.md §8
 */
export function showConnectedApp(c: PimContext, { account }: LoggedIn): Response {
  const app = c.var.pim.connectedApps.find(clientIdOf(c));
  if (!app) return notFoundPage(c);
  if (!account.mayManageApps) return forbiddenPage(c);
  return c.redirect(`${c.var.pim.path}/#/connect/connected-apps/${app.code}`);
}

/** Answers only users who manage Apps, and only about Apps that exist. */
export function manager(handler: (c: PimContext) => Response | Promise<Response>): UserHandler {
  return (c, { account }) => {
    if (!account.mayManageApps) return forbidden(c);
    return c.var.pim.customApps.find(clientIdOf(c)) ? handler(c) : appNotFound(c);
  };
}

/**
 * `POST /rest/custom-apps`: registers an App from a name and two URLs. Only for users who manage Apps.
 *
 * @see docs/pim-contract.md §7
 */
export async function createCustomApp(c: PimContext, { account }: LoggedIn): Promise<Response> {
  if (!account.mayManageApps) return forbidden(c);
  const body = await bodyParameters(c);
  const text = (name: string): string => parameter(body, name) ?? '';
  const form = {
    name: text('name'),
    activateUrl: text('activateUrl'),
    callbackUrl: text('callbackUrl'),
  };
  try {
    const app = c.var.pim.customApps.register(form);
    return c.json({ clientId: app.clientId, clientSecret: app.clientSecret }, 201);
  } catch (error) {
    if (!(error instanceof InvalidCustomAppError)) throw error;
    return c.json({ errors: error.violations }, 422);
  }
}

/** `DELETE /rest/custom-apps/{client_id}`. */
export function removeCustomApp(c: PimContext): Response {
  deleteCustomApp(c.var.pim, clientIdOf(c));
  return c.json({});
}

/** `GET /rest/custom-apps/{client_id}/secret`. */
export function showSecret(c: PimContext): Response {
  return c.json(c.var.pim.customApps.find(clientIdOf(c))?.clientSecret ?? '');
}

/** `POST /rest/custom-apps/{client_id}/secret`: a new secret in place of the old one. */
export async function regenerateSecret(c: PimContext): Promise<Response> {
  return c.json((await c.var.pim.customApps.regenerateSecret(clientIdOf(c))) ?? '');
}

/** `DELETE /rest/apps/connected-apps/{client_id}`: "Disconnect". */
export function disconnect(c: PimContext): Response {
  disconnectApp(c.var.pim, clientIdOf(c));
  return c.json({});
}

/** `GET /rest/simulator/state`: what the simulator's page shows. No real PIM has this endpoint. */
export function showState(c: PimContext, { account }: PimSession): Response {
  const { pim } = c.var;
  const apps = pim.customApps.all().map(({ clientSecret: _secret, ...app }) => ({
    ...app,
    status: appStatus(pim, app.clientId),
  }));
  return c.json({ mode: modeOf(account), apps, connectedApps: connectedApps(pim) });
}

/**
 * What the App Store says of an App. "Pending" is one whose code was never redeemed: a manager
 * confirmed it, and opening it again completes the connection.
 *
 * @see docs/pim-contract.md §1
 */
function appStatus(pim: Pim, clientId: string): 'connected' | 'pending' | 'available' {
  if (!pim.connectedApps.find(clientId)) return 'available';
  return isPending(pim, clientId) ? 'pending' : 'connected';
}

function isPending(pim: Pim, clientId: string): boolean {
  return pim.codes.hasAny(clientId) && !pim.tokens.hasAny(clientId);
}

function connectedApps(pim: Pim): object[] {
  return pim.connectedApps.all().map(({ clientId, code, scopes, hasOutdatedScopes }) => ({
    clientId,
    code,
    name: pim.customApps.find(clientId)?.name ?? clientId,
    logo: pim.customApps.find(clientId)?.logo,
    scopeMessages: scopeMessages(scopes),
    isPending: isPending(pim, clientId),
    hasOutdatedScopes,
  }));
}
