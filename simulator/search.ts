import type { Item, Resource } from './catalog.ts';

/** A query that the PIM refuses. The message is in its words. */
export class InvalidQueryError extends Error {
  override readonly name = 'InvalidQueryError';
  readonly status: 400 | 422;

  constructor(message: string, status: 400 | 422 = 422) {
    super(message);
    this.status = status;
  }
}

/**
 * What a `search` finds. Filters on members and on values by `=`, `!=`, `IN` and `NOT IN` are applied; those by other
 * operators, and those on what the catalog does not have, such as completeness, change nothing.
 *
 * @param search JSON such as `{"enabled":[{"operator":"=","value":true}]}`
 * @throws {InvalidQueryError} with the PIM's words
 * @see {@link https://api.akeneo.com/documentation/filter.html Filters}
 */
export function found(resource: Resource, search: string | undefined): readonly Item[] {
  if (search === undefined || !resource.isSearchable) return resource.items;
  const filters = filtersOf(parsed(search, resource));
  return resource.items.filter((item) => filters.every((filter) => passes(item, filter)));
}

interface Filter {
  readonly property: string;
  readonly operator: unknown;
  readonly value?: unknown;
}

function parsed(search: string, { key }: Resource): object {
  const json: unknown = parseJson(search);
  if (typeof json === 'object' && json !== null) return json;
  const message =
    key === 'code'
      ? 'The search query parameter must be a valid JSON.'
      : 'Search query parameter should be valid JSON.';
  throw new InvalidQueryError(message, 400);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function filtersOf(search: object): Filter[] {
  return Object.entries(search).flatMap(([property, filters]: [string, unknown]) => {
    if (!Array.isArray(filters) || !filters.every(hasOperator)) throw malformed(property);
    return filters.map((filter) => ({ ...filter, property }));
  });
}

function hasOperator(filter: unknown): filter is Omit<Filter, 'property'> {
  return typeof filter === 'object' && filter !== null && 'operator' in filter;
}

function malformed(property: string): InvalidQueryError {
  return new InvalidQueryError(
    `Structure of filter "${property}" should respect this structure: {"${property}":[{"operator": "my_operator", "value": "my_value"}]}`,
  );
}

/** Whether what an item has is what a filter asks for, by operator. */
const OPERATORS = new Map<unknown, (has: boolean) => boolean>([
  ['=', (has) => has],
  ['IN', (has) => has],
  ['!=', (has) => !has],
  ['NOT IN', (has) => !has],
]);

function passes(item: Item, { property, operator, value }: Filter): boolean {
  const test = OPERATORS.get(operator);
  const own = valuesOf(item, property);
  if (!test || !own) return true;
  const wanted = new Set([value].flat());
  return test(own.some((one) => wanted.has(one)));
}

/** Products have their identifier as a member or among their values, and are found by both names in both cases. */
const IDENTIFIER = ['identifier', 'sku'];

/** Nothing for a property that an item does not have. */
function valuesOf(item: Item, property: string): unknown[] | undefined {
  const names = IDENTIFIER.includes(property) ? IDENTIFIER : [property];
  const own = names.flatMap((name) => [
    ...(Object.hasOwn(item, name) ? [item[name]] : []),
    ...(item.values?.[name] ?? []).map(({ data }) => data),
  ]);
  return own.length === 0 ? undefined : own.flat();
}
