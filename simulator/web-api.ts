import { apiError, type PimContext } from './http/answers.ts';
import { parameter, queryParameters } from './http/parameters.ts';
import type { AccessToken } from './oauth/codes-and-tokens.ts';
import type { Pim } from './pim.ts';
import { expandScopes, newScopes, parseRequestedScopes } from './scopes.ts';

interface Resource {
  /** The scope without which the App gets a 403; `undefined` for what every token opens. */
  readonly scope?: string;
  readonly show: (pim: Pim) => object;
}

/** Enough to show that a token opens something. */
const RESOURCES: Readonly<Record<string, Resource>> = {
  'system-information': { show: () => ({ version: 'master', edition: 'CE' }) },
  products: {
    scope: 'read_products',
    show: (pim) =>
      page(pim, 'products', [
        { identifier: 'sunglasses', family: 'accessories', enabled: true },
        { identifier: 'running_shoes', family: 'shoes', enabled: true },
        { identifier: 'rain_jacket', family: 'clothing', enabled: false },
      ]),
  },
  categories: {
    scope: 'read_categories',
    show: (pim) =>
      page(pim, 'categories', [
        { code: 'master', parent: null },
        { code: 'summer', parent: 'master' },
      ]),
  },
};

/** `GET /api/rest/v1`: what there is, open to everyone. */
export function listResources(c: PimContext): Response {
  const { url } = c.var.pim;
  const routes = Object.keys(RESOURCES).map((name) => [
    name,
    { route: `${url}/api/rest/v1/${name}`, methods: ['GET'] },
  ]);
  return c.json({ host: url, authentication: {}, routes: Object.fromEntries(routes) });
}

/**
 * `GET /api/rest/v1/…`: a little of the PIM's web API. Rights go by what the App is granted at
 * this moment, not by what it was granted when its token was issued.
 *
 * @see docs/pim-contract.md §6
 */
export function showResource(c: PimContext): Response {
  const token = authenticate(c);
  if (token instanceof Response) return token;
  const accept = c.req.header('accept');
  if (!isAcceptable(accept)) return apiError(c, 406, notAcceptable(accept));
  const name = c.req.param('name') ?? '';
  const resource = Object.hasOwn(RESOURCES, name) ? RESOURCES[name] : undefined;
  if (!resource) return apiError(c, 404, 'Not Found');
  const granted = expandScopes(c.var.pim.connectedApps.find(token.clientId)?.scopes ?? []);
  return resource.scope === undefined || granted.has(resource.scope)
    ? c.json(resource.show(c.var.pim))
    : apiError(c, 403, `Access forbidden. You are not allowed to list ${name}.`);
}

function isAcceptable(accept = '*/*'): boolean {
  return accept === 'application/json' || accept.includes('*/*');
}

function notAcceptable(accept = ''): string {
  return `"${accept}" in "Accept" header is not valid. Only "application/json" is allowed.`;
}

function page(pim: Pim, name: string, items: readonly unknown[]): object {
  const self = { href: `${pim.url}/api/rest/v1/${name}` };
  return { _links: { self, first: self }, current_page: 1, _embedded: { items } };
}

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
