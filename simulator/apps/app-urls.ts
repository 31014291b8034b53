import { type Answer, json } from '../http/answer.ts';
import { appendQuery, buildQuery } from '../http/build-query.ts';
import { appNotFound, forbidden } from '../oauth/confirm.ts';
import type { Pim } from '../pim.ts';
import type { UserExchange } from '../users/guards.ts';
import type { CustomApp } from './custom-apps.ts';

/**
 * `GET /rest/apps/{client_id}/activate-url`: the URL that "Connect" opens. Only for users who manage Apps.
 *
 * @see docs/pim-contract.md §1
 */
export function showActivateUrl({ pim, segment, account }: UserExchange): Answer {
  const app = pim.customApps.find(segment);
  if (!app) return appNotFound();
  return account.mayManageApps ? json(200, { url: activateUrl(pim, app) }) : forbidden();
}

/**
 * `GET /rest/apps/{client_id}/open-app-url`: the URL that "Open app" opens, which is the same. Asking
 * for it as a manager clears the App's "outdated scopes" flag, before the App is even reached.
 *
 * @see docs/pim-contract.md §1
 */
export function showOpenAppUrl({ pim, segment, account }: UserExchange): Answer {
  const app = pim.customApps.find(segment);
  const connectedApp = pim.connectedApps.find(segment);
  if (!app || !connectedApp) return appNotFound();
  if (account.mayManageApps) connectedApp.hasOutdatedScopes = false;
  return json(200, { url: activateUrl(pim, app) });
}

function activateUrl(pim: Pim, app: CustomApp): string {
  return appendQuery(app.activateUrl, buildQuery({ pim_url: pim.url }));
}
