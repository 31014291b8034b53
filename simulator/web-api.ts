import { RESOURCES, type Resource } from './catalog.ts';
import { apiError, type PimContext } from './http/answers.ts';
import { parameter, queryParameters } from './http/parameters.ts';
import type { AccessToken } from './oauth/codes-and-tokens.ts';
import { pageOf } from './paging.ts';
import { expandScopes, newScopes, parseRequestedScopes } from './scopes.ts';
import { InvalidQueryError } from './search.ts';

/** `GET /api/rest/v1`: what there is, open to everyone. */
export function listResources(c: PimContext): Response {
  const names = ['system-information', ...Object.keys(RESOURCES)];
  const routes = names.map((name) => [name, { route: urlOf(c, name), methods: ['GET'] }]);
  return c.json({ host: c.var.pim.url, authentication: {}, routes: Object.fromEntries(routes) });
}

/** `GET /api/rest/v1/system-information`: what every token opens. */
export function showSystem(c: PimContext): Response {
  return refusal(c) ?? c.json({ version: 'master', edition: 'CE' });
}

/** `GET /api/rest/v1/…`: one page of a list. @see docs/pim-contract.md §6 */
export function listResource(c: PimContext): Response {
  const [name, resource] = openResource(c);
  if (resource instanceof Response) return resource;
  try {
    return c.json(pageOf(urlOf(c, name), resource, queryParameters(c)));
  } catch (error) {
    if (error instanceof InvalidQueryError) return apiError(c, error.status, error.message);
    throw error;
  }
}

/** `GET /api/rest/v1/…/{code}`: one resource. @see docs/pim-contract.md §6 */
export function showResource(c: PimContext): Response {
  const code = c.req.param('code') ?? '';
  const [, resource] = openResource(c, code);
  if (resource instanceof Response) return resource;
  const { key, items, title } = resource;
  const item = items.find((candidate) => candidate[key] === code);
  if (item) return c.json(item);
  const orHidden = title === 'Product' ? ' or you do not have permission to access it' : '';
  return apiError(c, 404, `${title} "${code}" does not exist${orHidden}.`);
}

/** Any other address of the web API. Without a token it is a 401 all the same. */
export function showNothing(c: PimContext): Response {
  return refusal(c) ?? apiError(c, 404, 'Not Found');
}

/** The resource that the path names, or the refusal. An address that is nobody's is a 404 whatever the scopes are. */
function openResource(c: PimContext, code?: string): readonly [name: string, Resource | Response] {
  const name = c.req.param('name') ?? '';
  const named = Object.hasOwn(RESOURCES, name) ? RESOURCES[name] : undefined;
  const resource = code === undefined || named?.keys.test(code) ? named : undefined;
  return [name, refusal(c, resource) ?? resource ?? apiError(c, 404, 'Not Found')];
}

function urlOf(c: PimContext, name: string): string {
  return `${c.var.pim.url}/api/rest/v1/${name}`;
}

/**
 * The PIM's refusal of a request, in its order: 401, 406, 403. Rights go by what the App is granted at this moment, not
 * by what it was granted when its token was issued.
 */
function refusal(c: PimContext, resource?: Resource): Response | undefined {
  const token = authenticate(c);
  if (token instanceof Response) return token;
  const accept = c.req.header('accept');
  if (!isAcceptable(accept)) return apiError(c, 406, notAcceptable(accept));
  const granted = expandScopes(c.var.pim.connectedApps.find(token.clientId)?.scopes ?? []);
  if (!resource || granted.has(resource.scope)) return undefined;
  return apiError(c, 403, `Access forbidden. You are not allowed to list ${resource.plural}.`);
}

function isAcceptable(accept = '*/*'): boolean {
  return accept === 'application/json' || accept.includes('*/*');
}

function notAcceptable(accept = ''): string {
  return `"${accept}" in "Accept" header is not valid. Only "application/json" is allowed.`;
}

/**
 * `POST /api/oauth/v1/token`: the tokens of connections, with a user name and a password, of which there are none. A
 * client of Akeneo's comes here after each 401, and tells of that 401 only if it is refused in this way.
 */
export function refuseConnection(c: PimContext): Response {
  return apiError(c, 422, UNKNOWN_CONNECTION);
}

const UNKNOWN_CONNECTION =
  'Parameter "client_id" is missing or does not match any client, or secret is invalid';

/**
 * `POST /connect/apps/v1/scopes/update`: the App announces which scopes it wants. If one of them
 * is new, managers see a warning; no right changes. The answer is `"Ok"` whatever was asked.
 *
 * @see docs/pim-contract.md §3.5
 */
export function announceScopes(c: PimContext): Response {
  const token = authenticate(c);
  if (token instanceof Response) return token;
  const { pim } = c.var;
  const app = pim.connectedApps.find(token.clientId);
  const scopes = parameter(queryParameters(c), 'scopes') ?? '';
  const announced = parseRequestedScopes(scopes, pim.knownScopes).authorization;
  if (app && newScopes(announced, app.scopes).length > 0) app.hasOutdatedScopes = true;
  return c.json('Ok');
}

const INVALID = 'The access token provided is invalid.';
const DISCONNECTED = `${INVALID} Your app has been disconnected from that PIM.`;
const TWO_METHODS =
  'Only one method may be used to authenticate at a time (Auth header, GET or POST).';

/**
 * The access token of a request, from `Authorization: Bearer` or the query, if it works; otherwise
 * the refusal, whose wording tells a disconnected App from a token that was replaced.
 *
 * @see docs/pim-contract.md §6
 */
function authenticate(c: PimContext): AccessToken | Response {
  const { tokens } = c.var.pim;
  const [token, second] = presentedTokens(c);
  if (token === undefined) return apiError(c, 401, 'Authentication is required');
  if (second !== undefined) return apiError(c, 400, TWO_METHODS);
  if (tokens.isRevoked(token)) return apiError(c, 401, DISCONNECTED);
  return tokens.find(token) ?? apiError(c, 401, INVALID);
}

function presentedTokens(c: PimContext): string[] {
  const [, inHeader] = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '') ?? [];
  const inQuery = parameter(queryParameters(c), 'access_token');
  return [inHeader, inQuery].filter((token) => token !== undefined);
}
