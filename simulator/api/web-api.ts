import { type Answer, json } from '../http/answer.ts';
import type { Exchange } from '../http/router.ts';
import type { Pim } from '../pim.ts';
import { expandScopes } from '../scopes/hierarchy.ts';
import { apiError, authenticate } from './bearer.ts';
import { CATEGORIES, PRODUCTS } from './products.ts';

interface Resource {
  /** Without it the App gets a 403; `undefined` for what every token opens. */
  readonly scope?: string;
  readonly message?: string;
  readonly show: (pim: Pim) => unknown;
}

const RESOURCES: Readonly<Record<string, Resource>> = {
  'system-information': { show: () => ({ version: 'master', edition: 'CE' }) },
  products: {
    scope: 'read_products',
    message: 'Access forbidden. You are not allowed to list products.',
    show: (pim) => page(pim, 'products', PRODUCTS),
  },
  categories: {
    scope: 'read_categories',
    message: 'Access forbidden. You are not allowed to list categories.',
    show: (pim) => page(pim, 'categories', CATEGORIES),
  },
};

/**
 * `GET /api/rest/v1/…`: a little of the PIM's web API. Rights go by what the App is granted at
 * this moment, not by what it was granted when its token was issued.
 *
 * @see docs/pim-contract.md §6
 */
export function showResource({ pim, request, segment: name }: Exchange): Answer {
  const token = authenticate(pim, request);
  if ('status' in token) return token;
  const accept = request.headers.accept;
  if (!isAcceptable(accept)) return apiError(406, notAcceptable(accept));
  const resource = Object.hasOwn(RESOURCES, name) ? RESOURCES[name] : undefined;
  if (!resource) return apiError(404, 'Not Found');
  const granted = expandScopes(pim.connectedApps.find(token.clientId)?.scopes ?? []);
  return resource.scope === undefined || granted.has(resource.scope)
    ? json(200, resource.show(pim))
    : apiError(403, resource.message ?? '');
}

/** `GET /api/rest/v1`: what there is, open to everyone. */
export function listResources({ pim }: Exchange): Answer {
  const routes = Object.keys(RESOURCES).map((name) => [
    name,
    { route: `${pim.url}/api/rest/v1/${name}`, methods: ['GET'] },
  ]);
  return json(200, { host: pim.url, authentication: {}, routes: Object.fromEntries(routes) });
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
