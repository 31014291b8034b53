import { listResources, showResource } from './api/web-api.ts';
import { showActivateUrl, showOpenAppUrl } from './apps/app-urls.ts';
import { showState } from './apps/listing.ts';
import {
  createCustomApp,
  disconnect,
  manager,
  regenerateSecret,
  removeCustomApp,
  showConnectedApp,
  showSecret,
} from './apps/manage-apps.ts';
import type { Route } from './http/router.ts';
import { authorize } from './oauth/authorize.ts';
import { confirmAuthentication, confirmAuthorization } from './oauth/confirm.ts';
import { requestAccessToken } from './oauth/token-endpoint.ts';
import { showWizardData } from './oauth/wizard-data.ts';
import { showPublicKey } from './openid/public-key.ts';
import { showApplication, showAsset } from './page/assets.ts';
import { announceScopes } from './scopes/scopes-update.ts';
import { frontEnd, loggedIn, visitor } from './users/guards.ts';
import { changeUser, logIn, showLogin } from './users/login.ts';

/** What Apps and their users reach, as the real PIM has it. */
const PUBLIC_ROUTES: readonly Route[] = [
  ['GET', '/connect/apps/v1/authorize', loggedIn(authorize)],
  ['POST', '/connect/apps/v1/oauth2/token', requestAccessToken],
  ['GET', '/connect/apps/v1/openid/public-key', showPublicKey],
  ['POST', '/connect/apps/v1/scopes/update', announceScopes],
  ['GET', '/connect/apps/v1/connected_app/*', loggedIn(showConnectedApp)],
  ['GET', '/api/rest/v1', listResources],
  ['GET', '/api/rest/v1/*', showResource],
];

/** What only the PIM's own page calls. */
const INTERNAL_ROUTES: readonly Route[] = [
  ['GET', '/rest/apps/*/activate-url', frontEnd(showActivateUrl)],
  ['GET', '/rest/apps/*/open-app-url', frontEnd(showOpenAppUrl)],
  ['GET', '/rest/apps/load-wizard-data/*', frontEnd(showWizardData)],
  ['POST', '/rest/apps/confirm-authorization/*', frontEnd(confirmAuthorization)],
  ['POST', '/rest/apps/confirm-authentication/*', frontEnd(confirmAuthentication)],
  ['DELETE', '/rest/apps/connected-apps/*', frontEnd(manager(disconnect))],
  ['POST', '/rest/custom-apps', frontEnd(manager(createCustomApp))],
  ['DELETE', '/rest/custom-apps/*', frontEnd(manager(removeCustomApp))],
  ['GET', '/rest/custom-apps/*/secret', frontEnd(manager(showSecret))],
  ['POST', '/rest/custom-apps/*/secret', frontEnd(manager(regenerateSecret))],
];

/** What makes the simulator usable for people. */
const PAGE_ROUTES: readonly Route[] = [
  ['GET', '/', visitor(showApplication)],
  ['GET', '/assets/*', showAsset],
  ['GET', '/user/login', visitor(showLogin)],
  ['POST', '/user/login-check', visitor(logIn)],
  ['GET', '/rest/simulator/state', visitor(showState)],
  ['POST', '/rest/simulator/user', visitor(changeUser)],
];

/** Every address of the simulated PIM. */
export const ROUTES: readonly Route[] = [...PUBLIC_ROUTES, ...INTERNAL_ROUTES, ...PAGE_ROUTES];
