import type { Item, Resource } from './catalog.ts';
import { found, InvalidQueryError } from './search.ts';

const MAXIMUM_LIMIT = 100;

/**
 * One page of a resource in the PIM's form, HAL. By offset there are links to the first, the previous and the next page;
 * by cursor, which products have, to the first and the next. A full page has a next one, even if that is empty.
 *
 * @param url of the list, without a query
 * @throws {InvalidQueryError} with the PIM's words
 * @see docs/pim-contract.md §6
 */
export function pageOf(url: string, all: Resource, query: URLSearchParams): object {
  const given = Object.fromEntries(query);
  const resource = { ...all, items: found(all, given['search']) };
  // The token that authenticates a request is in no link.
  delete given['access_token'];
  switch (given['pagination_type'] ?? 'page') {
    case 'page':
      return pageByOffset(url, resource, given);
    case 'search_after':
      if (!isProduct(resource)) throw new InvalidQueryError('Pagination type is not supported.');
      return pageByCursor(url, resource, given);
    default:
      throw new InvalidQueryError('Pagination type does not exist.');
  }
}

type Query = Readonly<Record<string, string>>;

function isProduct({ key }: Resource): boolean {
  return key !== 'code';
}

function pageByOffset(url: string, resource: Resource, given: Query): object {
  const query = isProduct(resource)
    ? { page: '1', with_count: 'false', pagination_type: 'page', limit: '10', ...given }
    : { page: '1', limit: '10', with_count: 'false', ...given };
  const limit = limitOf(query.limit);
  const page = positive(query.page, 'page');
  const withCount = isTrue(query.with_count);
  const items = resource.items.slice((page - 1) * limit, page * limit);
  const to = (number: number) => link(url, { ...query, page: String(number) });
  return {
    _links: {
      self: to(page),
      first: to(1),
      ...(page > 1 && { previous: to(page - 1) }),
      ...(items.length === limit && { next: to(page + 1) }),
    },
    current_page: page,
    ...(withCount && { items_count: resource.items.length }),
    _embedded: { items: embedded(url, resource, items) },
  };
}

function pageByCursor(url: string, resource: Resource, given: Query): object {
  const { search_after: cursor = '', ...others } = given;
  const query = { with_count: 'false', pagination_type: 'search_after', limit: '10', ...others };
  const limit = limitOf(query.limit);
  const items = resource.items.filter((item) => String(item['uuid']) > cursor).slice(0, limit);
  const after = (uuid: string) => link(url, uuid === '' ? query : { ...query, search_after: uuid });
  return {
    _links: {
      self: after(cursor),
      first: after(''),
      ...(items.length === limit && { next: after(String(items.at(-1)?.['uuid'])) }),
    },
    _embedded: { items: embedded(url, resource, items) },
  };
}

function embedded(url: string, { key }: Resource, items: readonly Item[]): object[] {
  return items.map((item) => ({
    _links: { self: { href: `${url}/${encodeURIComponent(String(item[key]))}` } },
    ...item,
  }));
}

function link(url: string, query: Query): { href: string } {
  const pairs = Object.entries(query).map(([name, value]) =>
    [name, value].map(encodeURIComponent).join('='),
  );
  return { href: `${url}?${pairs.join('&')}` };
}

function limitOf(text: string): number {
  const limit = positive(text, 'limit');
  if (limit > MAXIMUM_LIMIT)
    throw new InvalidQueryError(`You cannot request more than ${MAXIMUM_LIMIT} items.`);
  return limit;
}

function positive(text: string, what: 'page' | 'limit'): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new InvalidQueryError(`"${text}" is not a valid ${what} number.`);
  return Number(text);
}

function isTrue(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  const rule = 'Parameter "with_count" has to be a boolean. Only "true" or "false" allowed';
  throw new InvalidQueryError(`${rule}, "${text}" given.`);
}
