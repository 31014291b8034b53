import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Handler, Hono } from 'hono';
import type { PimSession } from './accounts/accounts.ts';
import { changeUser, frontEnd, loggedIn, logIn, showLogin, visitor } from './accounts/guards.ts';
import {
  createCustomApp,
  disconnect,
  manager,
  regenerateSecret,
  removeCustomApp,
  showActivateUrl,
  showConnectedApp,
  showOpenAppUrl,
  showSecret,
  showState,
} from './apps/manage-apps.ts';
import { clearFaults, orderFault, showFaults } from './fault-menu.ts';
import {
  apiError,
  brokenPage,
  notFoundPage,
  type PimContext,
  type PimEnv,
} from './http/answers.ts';
import { authorize } from './oauth/authorize.ts';
import { confirmAuthentication, confirmAuthorization, showWizardData } from './oauth/confirm.ts';
import { requestAccessToken } from './oauth/token-endpoint.ts';
import { MissingKeysError } from './openid.ts';
import type { Pim } from './pim.ts';
import { playFault } from './play-fault.ts';
import {
  announceScopes,
  listResource,
  listResources,
  refuseConnection,
  showNothing,
  showResource,
  showSystem,
} from './web-api.ts';

type Route = readonly [method: string, path: string, handler: Handler<PimEnv>];

/** What Apps and their users reach, as the real PIM has it. */
const PUBLIC_ROUTES: readonly Route[] = [
  ['GET', '/connect/apps/v1/authorize', loggedIn(authorize)],
  ['POST', '/connect/apps/v1/oauth2/token', requestAccessToken],
  ['GET', '/connect/apps/v1/openid/public-key', showPublicKey],
  ['POST', '/connect/apps/v1/scopes/update', announceScopes],
  ['GET', '/connect/apps/v1/connected_app/:clientId', loggedIn(showConnectedApp)],
  ['POST', '/api/oauth/v1/token', refuseConnection],
  ['GET', '/api/rest/v1', listResources],
  ['GET', '/api/rest/v1/system-information', showSystem],
  ['GET', '/api/rest/v1/:name', listResource],
  ['GET', '/api/rest/v1/:name/:code{.+}', showResource],
];

/** What only the PIM's own page calls. */
const INTERNAL_ROUTES: readonly Route[] = [
  ['GET', '/rest/apps/:clientId/activate-url', frontEnd(showActivateUrl)],
  ['GET', '/rest/apps/:clientId/open-app-url', frontEnd(showOpenAppUrl)],
  ['GET', '/rest/apps/load-wizard-data/:clientId', frontEnd(showWizardData)],
  ['POST', '/rest/apps/confirm-authorization/:clientId', frontEnd(confirmAuthorization)],
  ['POST', '/rest/apps/confirm-authentication/:clientId', frontEnd(confirmAuthentication)],
  ['DELETE', '/rest/apps/connected-apps/:clientId', frontEnd(manager(disconnect))],
  ['POST', '/rest/custom-apps', frontEnd(createCustomApp)],
  ['DELETE', '/rest/custom-apps/:clientId', frontEnd(manager(removeCustomApp))],
  ['GET', '/rest/custom-apps/:clientId/secret', frontEnd(manager(showSecret))],
  ['POST', '/rest/custom-apps/:clientId/secret', frontEnd(manager(regenerateSecret))],
];

/** What makes the simulator usable for people. */
const PAGE_ROUTES: readonly Route[] = [
  ['GET', '/', visitor(showApplication)],
  ['GET', '/user/login', visitor(showLogin)],
  ['POST', '/user/login-check', visitor(logIn)],
  ['GET', '/rest/simulator/state', visitor(showState)],
  ['POST', '/rest/simulator/user', visitor(changeUser)],
  ['GET', '/rest/simulator/faults', frontEnd(showFaults)],
  ['POST', '/rest/simulator/faults', frontEnd(orderFault)],
  ['DELETE', '/rest/simulator/faults', frontEnd(clearFaults)],
];

const PAGE_FOLDER = join(import.meta.dirname, 'page');

const STYLE_AND_SCRIPTS = serveStatic<PimEnv>({
  root: PAGE_FOLDER,
  rewriteRequestPath: (path) => path.replace('/assets/', '/'),
});

const ROUTES = [...PUBLIC_ROUTES, ...INTERNAL_ROUTES, ...PAGE_ROUTES];

/** One request that reached the PIM, whatever its answer was. */
export interface RecordedRequest {
  readonly method: string;
  /** With the PIM's own path before it, without the query, which may hold a secret. */
  readonly path: string;
  /** Milliseconds since the epoch, by the PIM's clock. */
  readonly at: number;
}

/**
 * The web application of a PIM.
 *
 * @param requests gets every request first
 * @param save is called before each answer
 */
export function webApplication(
  pim: Pim,
  requests: RecordedRequest[],
  save: () => void,
): Hono<PimEnv> {
  const app = new Hono<PimEnv>({
    getPath: ({ url }) => pathBelow(new URL(url).pathname, pim.path),
  });
  app.use(async (c, next) => {
    requests.push({ method: c.req.method, path: new URL(c.req.url).pathname, at: pim.now() });
    c.set('pim', pim);
    await next();
    save();
    // No answer of the PIM may be cached.
    c.header('cache-control', 'no-store');
  });
  app.use(async (c, next) => {
    const fault = pim.faults.take(c.req.path);
    return fault ? playFault(fault, c, next) : next();
  });
  app.use('/assets/*', STYLE_AND_SCRIPTS);
  for (const [method, path, handler] of ROUTES) app.on(method, path, handler);
  for (const [, path] of ROUTES) app.all(path, (c) => apiError(c, 405, 'Method Not Allowed'));
  app.notFound((c) => (c.req.path.startsWith('/api/') ? showNothing(c) : notFoundPage(c)));
  app.onError((_error, c) => brokenPage(c));
  return app;
}

/** A path without the PIM's own path before it; outside of that, a path that no route has. */
function pathBelow(path: string, prefix: string): string {
  if (path === prefix) return '/';
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : '/outside-of-the-pim';
}

/**
 * `GET /connect/apps/v1/openid/public-key`: the certificate, for anyone who asks.
 *
 * @see docs/pim-contract.md §5
 */
async function showPublicKey(c: PimContext): Promise<Response> {
  try {
    const { certificate } = await c.var.pim.openIdKeys.current();
    return c.json({ public_key: certificate });
  } catch (error) {
    if (error instanceof MissingKeysError) return c.json(error.message, 500);
    throw error;
  }
}

/** `GET /`: the PIM's application, whose pages are behind the `#`. */
async function showApplication(c: PimContext, { account }: PimSession): Promise<Response> {
  if (!account) return c.redirect(`${c.var.pim.path}/user/login`);
  return c.html(await readFile(join(PAGE_FOLDER, 'index.html'), 'utf8'));
}
