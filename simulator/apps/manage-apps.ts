import { type Answer, json, redirect } from '../http/answer.ts';
import { bodyParameters } from '../http/body-parameters.ts';
import { forbiddenPage, notFoundPage } from '../http/pages.ts';
import { parameter } from '../http/pim-request.ts';
import { appNotFound, forbidden } from '../oauth/confirm.ts';
import type { UserExchange } from '../users/guards.ts';
import { InvalidCustomAppError } from './custom-app-checks.ts';
import { deleteCustomApp, disconnectApp } from './disconnect.ts';

/** Answers only users who manage Apps, and only about Apps that exist. */
export function manager(
  handler: (exchange: UserExchange) => Answer,
): (exchange: UserExchange) => Answer {
  return (exchange) => {
    const { pim, segment, account } = exchange;
    if (!account.mayManageApps) return forbidden();
    return segment === '' || pim.customApps.find(segment) ? handler(exchange) : appNotFound();
  };
}

/**
 * `POST /rest/custom-apps`: registers an App from a name and two URLs.
 *
 * @see docs/pim-contract.md §7
 */
export function createCustomApp({ pim, request }: UserExchange): Answer {
  const body = bodyParameters(request);
  const text = (name: string): string => parameter(body, name) ?? '';
  const [activateUrl, callbackUrl] = [text('activateUrl'), text('callbackUrl')];
  try {
    const app = pim.customApps.register({ name: text('name'), activateUrl, callbackUrl });
    return json(201, { clientId: app.clientId, clientSecret: app.clientSecret });
  } catch (error) {
    if (!(error instanceof InvalidCustomAppError)) throw error;
    return json(422, { errors: error.violations });
  }
}

/** `DELETE /rest/custom-apps/{client_id}`. */
export function removeCustomApp({ pim, segment }: UserExchange): Answer {
  deleteCustomApp(pim, segment);
  return json(200, {});
}

/** `GET /rest/custom-apps/{client_id}/secret`. */
export function showSecret({ pim, segment }: UserExchange): Answer {
  return json(200, pim.customApps.find(segment)?.clientSecret ?? '');
}

/** `POST /rest/custom-apps/{client_id}/secret`: a new secret in place of the old one. */
export function regenerateSecret({ pim, segment }: UserExchange): Answer {
  return json(200, pim.customApps.regenerateSecret(segment) ?? '');
}

/** `DELETE /rest/apps/connected-apps/{client_id}`: "Disconnect". */
export function disconnect({ pim, segment }: UserExchange): Answer {
  disconnectApp(pim, segment);
  return json(200, {});
}

/**
 * `GET /connect/apps/v1/connected_app/{client_id}`: the page to which an App may send its users.
 *
 * @see docs/pim-contract.md §8
 */
export function showConnectedApp({ pim, segment, account }: UserExchange): Answer {
  const app = pim.connectedApps.find(segment);
  if (!app) return notFoundPage();
  if (!account.mayManageApps) return forbiddenPage();
  return redirect(`${pim.path}/#/connect/connected-apps/${app.code}`);
}
