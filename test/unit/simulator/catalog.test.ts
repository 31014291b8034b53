import { describe, expect, it } from 'vitest';
import { bearer, getResource, obtainToken, type TestPim, testPim } from './setup.ts';

const ALL = [
  'read_products',
  'read_categories',
  'read_channel_settings',
  'read_channel_localization',
  'read_catalog_structure',
].join(' ');

interface Page {
  readonly _links: Readonly<Record<string, { readonly href: string }>>;
  readonly _embedded: { readonly items: readonly Record<string, unknown>[] };
}

/** Asks for resources with a token that may read them all. */
async function client(scope = ALL) {
  const test = await testPim();
  const { access_token } = await obtainToken(test, scope);
  const headers = bearer(access_token);
  return {
    test,
    headers,
    api: `${test.pim.url}/api/rest/v1`,
    get: async (name: string) => {
      const response = await getResource(test.pim, name, headers);
      const body: unknown = await response.json();
      return { status: response.status, body };
    },
  };
}

describe('a list of the web API', () => {
  it.each([
    ['channels', 'ecommerce'],
    ['locales', 'af_ZA'],
    ['families', 'accessories'],
    ['attributes', 'color'],
    ['categories', 'master'],
  ])('of %s has the page, its links and each item with its own', async (name, code) => {
    const { get, api } = await client();
    const { body } = await get(name);
    const href = `${api}/${name}?page=1&limit=10&with_count=false`;
    expect(body).toMatchObject({ _links: { self: { href }, first: { href } }, current_page: 1 });
    expect((body as Page)._embedded.items[0]).toMatchObject({
      _links: { self: { href: `${api}/${name}/${code}` } },
      code,
    });
  });

  it('links the next page and the one before, and counts when asked to', async () => {
    const { get, api } = await client();
    const href = (page: number) => ({
      href: `${api}/channels?page=${page}&limit=1&with_count=true`,
    });
    const { body } = await get('channels?page=2&limit=1&with_count=true');
    expect(body).toMatchObject({ current_page: 2, items_count: 3 });
    expect((body as Page)._links).toEqual({
      self: href(2),
      first: href(1),
      previous: href(1),
      next: href(3),
    });
  });

  it('is empty behind its end, with the links all the same', async () => {
    const { get } = await client();
    const { body } = await get('families?page=7');
    expect(body).toMatchObject({ current_page: 7, _embedded: { items: [] } });
    expect(Object.keys((body as Page)._links)).toEqual(['self', 'first', 'previous']);
  });

  it('is followed by its next links to the end', async () => {
    const { api, headers } = await client();
    const codes: unknown[] = [];
    for (let url: string | undefined = `${api}/locales?limit=4`; url !== undefined; ) {
      const page = (await (await fetch(url, { headers })).json()) as Page;
      codes.push(...page._embedded.items.map(({ code }) => code));
      url = page._links['next']?.href;
    }
    expect(codes).toHaveLength(14);
    expect(new Set(codes).size).toBe(14);
  });

  it('keeps a search in its links, and no token', async () => {
    const { test, headers, api } = await client();
    const token = headers.authorization.slice('Bearer '.length);
    const search = '{"enabled":[{"operator":"=","value":true}]}';
    const query = new URLSearchParams({ search, access_token: token }).toString();
    const page = (await (await getResource(test.pim, `locales?${query}`)).json()) as Page;
    expect(page._links['self']?.href).toBe(
      `${api}/locales?page=1&limit=10&with_count=false&search=${encodeURIComponent(search)}`,
    );
  });

  it.each([
    ['channels?page=0', '"0" is not a valid page number.'],
    ['channels?limit=x', '"x" is not a valid limit number.'],
    ['channels?limit=101', 'You cannot request more than 100 items.'],
    [
      'channels?with_count=1',
      'Parameter "with_count" has to be a boolean. Only "true" or "false" allowed, "1" given.',
    ],
    ['channels?pagination_type=search_after', 'Pagination type is not supported.'],
    ['products?pagination_type=x', 'Pagination type does not exist.'],
  ])('answers 422 to %s', async (name, message) => {
    const { get } = await client();
    expect(await get(name)).toEqual({ status: 422, body: { code: 422, message } });
  });
});

describe('products', () => {
  it('are listed by identifier with the page type in the links', async () => {
    const { get, api } = await client();
    const { body } = await get('products');
    const href = `${api}/products?page=1&with_count=false&pagination_type=page&limit=10`;
    expect((body as Page)._links).toEqual({ self: { href }, first: { href } });
    const [item] = (body as Page)._embedded.items;
    expect(item).toMatchObject({
      _links: { self: { href: `${api}/products/sunglasses` } },
      uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      identifier: 'sunglasses',
      parent: null,
      groups: [],
    });
  });

  it.each(['products', 'products-uuid'])('of %s are followed by their cursor', async (name) => {
    const { api, headers } = await client();
    const uuids: unknown[] = [];
    let url: string | undefined = `${api}/${name}?pagination_type=search_after&limit=2`;
    const first = `${api}/${name}?with_count=false&pagination_type=search_after&limit=2`;
    while (url !== undefined) {
      const page = (await (await fetch(url, { headers })).json()) as Page;
      expect(page).not.toHaveProperty('current_page');
      expect(page._links['first']?.href).toBe(first);
      uuids.push(...page._embedded.items.map(({ uuid }) => uuid));
      url = page._links['next']?.href;
    }
    expect(new Set(uuids).size).toBe(3);
    expect(uuids).toHaveLength(3);
  });

  it('are shown by identifier and by UUID, which has the identifier among the values', async () => {
    const { get } = await client();
    const byCode = await get('products/running_shoes');
    expect(byCode).toMatchObject({ status: 200, body: { identifier: 'running_shoes' } });
    const { uuid } = byCode.body as { uuid: string };
    const { body } = await get(`products-uuid/${uuid}`);
    expect(body).toMatchObject({ uuid, values: { sku: [{ data: 'running_shoes' }] } });
    expect(body).not.toHaveProperty('identifier');
    expect(body).not.toHaveProperty('_links');
  });
});

describe('one resource', () => {
  it.each([
    ['products/none', 'Product "none" does not exist or you do not have permission to access it.'],
    ['channels/none', 'Channel "none" does not exist.'],
    ['locales/none', 'Locale "none" does not exist.'],
    ['families/none', 'Family "none" does not exist.'],
    ['attributes/none', 'Attribute "none" does not exist.'],
    ['nothing/none', 'Not Found'],
    ['channels/a/b', 'Not Found'],
  ])('of %s is a 404', async (name, message) => {
    const { get } = await client();
    expect(await get(name)).toEqual({ status: 404, body: { code: 404, message } });
  });

  it.each(['channels/ecommerce', 'attributes/sku', 'families/shoes', 'locales/en_US'])(
    'is shown at %s',
    async (name) => {
      const { get } = await client();
      expect(await get(name)).toMatchObject({ status: 200, body: { code: name.split('/')[1] } });
    },
  );
});

describe('the order of refusals', () => {
  it.each(['channels', 'channels/none', 'nothing', 'nothing/none', 'a/b/c/d'])(
    'is 401 before 404 at %s',
    async (name) => {
      const { pim }: TestPim = await testPim();
      const response = await getResource(pim, name);
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ code: 401, message: 'Authentication is required' });
    },
  );

  it.each([
    ['channels', 'channels'],
    ['locales', 'locales'],
    ['families/none', 'families'],
    ['attributes', 'attributes'],
    ['products-uuid/00000000-0000-0000-0000-000000000000', 'products'],
  ])('is 403 before 404 at %s', async (name, plural) => {
    const { get } = await client('read_categories');
    const message = `Access forbidden. You are not allowed to list ${plural}.`;
    expect(await get(name)).toEqual({ status: 403, body: { code: 403, message } });
  });
});
