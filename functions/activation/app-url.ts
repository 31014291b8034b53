import { parseUrl } from '../pim/parse-url.ts';

/** Stands in an App URL for the tenant of the PIM's row. */
export const TENANT_PLACEHOLDER = '{tenant}';

/** What a tenant may be: a label of a host name, so that it can neither leave the App's domain nor begin a path. */
export const TENANT = /^[a-z0-9-]{1,63}$/;

/** An App URL with the tenant in its place; `undefined` when the place is there and no usable tenant is. */
export function appUrlOf(appUrl: string, tenant: string | undefined): string | undefined {
  if (!appUrl.includes(TENANT_PLACEHOLDER)) return appUrl;
  if (tenant === undefined || !TENANT.test(tenant)) return undefined;
  return appUrl.replaceAll(TENANT_PLACEHOLDER, tenant);
}

/**
 * An address with parameters added to its query, in front of its fragment. What the query has already stays as it is
 * written, but for parameters of the same names.
 *
 * @param address as an operator wrote it; returned unchanged if it is no URL.
 */
export function withParameters(
  address: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const url = parseUrl(address);
  if (!url) return address;
  const more = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) more.append(name, value);
  const others = url.search.slice(1).split('&');
  const kept = others.filter(
    (part) => ![...new URLSearchParams(part).keys()].some((name) => more.has(name)),
  );
  url.search = [kept.join('&'), more.toString()].filter((part) => part !== '').join('&');
  return url.href;
}
