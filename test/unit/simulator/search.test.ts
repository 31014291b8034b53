import { describe, expect, it } from 'vitest';
import { bearer, getResource, obtainToken, testPim } from './setup.ts';

const ALL = [
  'read_products',
  'read_categories',
  'read_channel_settings',
  'read_channel_localization',
  'read_catalog_structure',
].join(' ');

interface Page {
  readonly items_count?: number;
  readonly _links: Readonly<Record<string, { readonly href: string }>>;
  readonly _embedded: { readonly items: readonly Readonly<Record<string, unknown>>[] };
}

/** Searches with a token that may read everything. */
async function searching() {
  const test = await testPim();
  const headers = bearer((await obtainToken(test, ALL)).access_token);
  const list = (name: string, search: string, more = '') =>
    getResource(test.pim, `${name}?search=${encodeURIComponent(search)}${more}`, headers);
  return { list, headers };
}

const namesOf = ({ _embedded: { items } }: Page) =>
  items.map(({ identifier, code, values }) => identifier ?? code ?? values);

const JACKET = 'a4d1b6a7-93e0-4c43-b1a3-2f1d4c9e8b03';

describe('a search', () => {
  it.each([
    ['products', '{"enabled":[{"operator":"=","value":true}]}', 'sunglasses running_shoes'],
    ['products', '{"enabled":[{"operator":"!=","value":true}]}', 'rain_jacket'],
    ['products', '{"family":[{"operator":"IN","value":["shoes","none"]}]}', 'running_shoes'],
    ['products', '{"family":[{"operator":"NOT IN","value":["shoes","clothing"]}]}', 'sunglasses'],
    ['products', '{"identifier":[{"operator":"IN","value":["rain_jacket"]}]}', 'rain_jacket'],
    ['products', '{"sku":[{"operator":"=","value":"rain_jacket"}]}', 'rain_jacket'],
    ['products', '{"name":[{"operator":"=","value":"Rain jacket"}]}', 'rain_jacket'],
    ['products', `{"uuid":[{"operator":"IN","value":["${JACKET}"]}]}`, 'rain_jacket'],
    ['products', '{"groups":[{"operator":"IN","value":["none"]}]}', ''],
    ['locales', '{"enabled":[{"operator":"=","value":true}]}', 'de_DE en_US fr_FR'],
    ['attributes', '{"code":[{"operator":"IN","value":["sku","name"]}]}', 'name sku'],
    ['attributes', '{"type":[{"operator":"IN","value":["pim_catalog_text"]}]}', 'name'],
    ['families', '{"code":[{"operator":"IN","value":["shoes"]}]}', 'shoes'],
    ['categories', '{"parent":[{"operator":"=","value":"master"}]}', 'summer'],
  ])('of %s by %s finds them', async (name, search, found) => {
    const { list } = await searching();
    const page = (await (await list(name, search)).json()) as Page;
    expect(namesOf(page).join(' ')).toBe(found);
  });

  it.each(['identifier', 'sku'])('of products by UUID knows their %s', async (property) => {
    const { list } = await searching();
    const search = `{"${property}":[{"operator":"IN","value":["rain_jacket"]}]}`;
    const page = (await (await list('products-uuid', search)).json()) as Page;
    expect(page._embedded.items.map(({ uuid }) => uuid)).toEqual([JACKET]);
  });

  it('finds what passes all of its filters', async () => {
    const { list } = await searching();
    const enabled = '"enabled":[{"operator":"=","value":true}]';
    const search = `{${enabled},"family":[{"operator":"IN","value":["shoes","clothing"]}]}`;
    const page = (await (await list('products', search)).json()) as Page;
    expect(namesOf(page)).toEqual(['running_shoes']);
  });

  it('is counted, and goes on in the next page', async () => {
    const { list, headers } = await searching();
    const search = '{"family":[{"operator":"IN","value":["shoes","clothing"]}]}';
    const first = (await (
      await list('products', search, '&limit=1&with_count=true')
    ).json()) as Page;
    expect(first.items_count).toBe(2);
    const next = await fetch(first._links['next']?.href ?? '', { headers });
    expect(namesOf((await next.json()) as Page)).toEqual(['rain_jacket']);
  });

  it('by what the catalog does not have changes nothing', async () => {
    const { list } = await searching();
    const search = '{"completeness":[{"operator":">","value":70,"scope":"ecommerce"}]}';
    expect(namesOf((await (await list('products', search)).json()) as Page)).toHaveLength(3);
  });

  it('of channels is ignored, as the PIM does', async () => {
    const { list } = await searching();
    expect(namesOf((await (await list('channels', '{')).json()) as Page)).toHaveLength(3);
  });

  // The first is a sample of Akeneo's documentation, which lacks a colon.
  it.each([
    ['products-uuid', '{"enabled"[{}]}', 400, 'Search query parameter should be valid JSON.'],
    ['families', 'x', 400, 'The search query parameter must be a valid JSON.'],
    [
      'products',
      '{"categories":[{}]}',
      422,
      'Structure of filter "categories" should respect this structure: {"categories":[{"operator": "my_operator", "value": "my_value"}]}',
    ],
  ])('of %s by %s is answered with %i', async (name, search, code, message) => {
    const { list } = await searching();
    const response = await list(name, search);
    expect(response.status).toBe(code);
    expect(await response.json()).toEqual({ code, message });
  });
});
