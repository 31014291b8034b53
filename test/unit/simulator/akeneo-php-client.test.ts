import { describe, expect, it } from 'vitest';
import { obtainToken, type TestPim, testPim } from './setup.ts';

/**
 * The calls of Akeneo's PHP client with the token of an App, as they are on the wire: addresses, query, headers, and
 * what it does after a 401. The client itself cannot be had from Debian or npm.
 *
 * @see {@link https://github.com/akeneo/api-php-client akeneo/api-php-client}
 */
class PhpClient {
  readonly #pimUrl: string;
  readonly #token: string;

  constructor(pimUrl: string, token: string) {
    this.#pimUrl = pimUrl;
    this.#token = token;
  }

  /** @throws {Error} with the code and message that the client tells. */
  async get(name: string, code: string): Promise<unknown> {
    // Slashes of a code are never encoded: web servers refuse them.
    return this.#follow(`${this.#urlOf(name)}/${encodeURIComponent(code).replaceAll('%2F', '/')}`);
  }

  async listPerPage(
    name: string,
    limit: number,
    withCount = false,
    more: Record<string, string> = {},
  ): Promise<Page> {
    const query = Object.entries({ ...more, limit: String(limit), with_count: String(withCount) });
    const text = query.map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    return this.page(`${this.#urlOf(name)}?${text.join('&')}`);
  }

  async page(url: string | undefined): Promise<Page> {
    return (await this.#follow(url ?? '')) as Page;
  }

  /** Products are read by their cursor, all else page by page. */
  async all(name: string, pageSize: number, search?: string): Promise<Page['_embedded']['items']> {
    const more = {
      ...(search !== undefined && { search }),
      ...(name.startsWith('products') && { pagination_type: 'search_after' }),
    };
    let page = await this.listPerPage(name, pageSize, false, more);
    const items = [...page._embedded.items];
    while (page._links.next) {
      page = await this.page(page._links.next.href);
      items.push(...page._embedded.items);
    }
    return items;
  }

  async #follow(url: string): Promise<unknown> {
    const response = await this.#send(url);
    if (response.ok) return response.json();
    if (response.status !== 401) throw await problemOf(response);
    const refreshed = await this.#refresh();
    throw await problemOf(refreshed.status === 422 ? response : refreshed);
  }

  #send(url: string): Promise<Response> {
    const headers = { accept: '*/*', authorization: `Bearer ${this.#token}` };
    return fetch(url, { headers });
  }

  /** Without a client id, a secret and a refresh token, which an App does not have here. */
  #refresh(): Promise<Response> {
    return fetch(`${this.#pimUrl}/api/oauth/v1/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(':')}` },
      body: JSON.stringify({ grant_type: 'refresh_token', refresh_token: null }),
    });
  }

  #urlOf(name: string): string {
    return `${this.#pimUrl}/api/rest/v1/${name}`;
  }
}

type Item = Readonly<Record<string, unknown>>;
type Link = 'self' | 'first' | 'previous' | 'next';

interface Page {
  readonly items_count?: number;
  readonly _links: Readonly<Partial<Record<Link, { readonly href: string }>>>;
  readonly _embedded: { readonly items: readonly Item[] };
}

async function problemOf(response: Response): Promise<Error> {
  const { message } = (await response.json()) as { message: string };
  return new Error(`${response.status} ${message}`);
}

const SCOPE = `read_products read_channel_settings read_channel_localization read_catalog_structure`;

async function phpClient(): Promise<{ test: TestPim; client: PhpClient }> {
  const test = await testPim();
  const { access_token } = await obtainToken(test, SCOPE);
  return { test, client: new PhpClient(test.pim.url, access_token) };
}

const UUID = '0f0e6c1c-58a4-4f4a-9d59-3d4b8f1f6b01';

describe("Akeneo's PHP client", () => {
  it.each([
    ['channels', 'code', 'ecommerce', 3],
    ['locales', 'code', 'en_US', 14],
    ['families', 'code', 'shoes', 3],
    ['attributes', 'code', 'sku', 6],
    ['products', 'identifier', 'sunglasses', 3],
    ['products-uuid', 'uuid', UUID, 3],
  ])(
    'gets one of %s, goes through all, and through pages both ways',
    async (name, key, value, count) => {
      const { client } = await phpClient();
      expect(await client.get(name, value)).toMatchObject({ [key]: value });
      const all = await client.all(name, 2);
      expect(new Set(all.map((item) => item[key])).size).toBe(count);
      const first = await client.listPerPage(name, 2, true);
      expect(first.items_count).toBe(count);
      const second = await client.page(first._links.next?.href);
      expect(second._embedded.items[0]).toEqual(all[2]);
      for (const link of ['previous', 'first'] as const)
        expect(await client.page(second._links[link]?.href)).toEqual(first);
    },
  );

  it('finds the products that are enabled', async () => {
    const { client } = await phpClient();
    const search = '{"enabled":[{"operator":"=","value":true}]}';
    expect(await client.all('products', 1, search)).toMatchObject([
      { identifier: 'sunglasses' },
      { identifier: 'running_shoes' },
    ]);
  });

  it.each([
    ['products', 'top/a b', '404 Product "top/a b" does not exist or you do not have permission'],
    ['products', 'top/draft', '404 Not Found'],
    ['products-uuid', UUID.replaceAll('0', '1'), '404 Product "1f1e6c1c-'],
    ['products-uuid', 'top', '404 Not Found'],
    ['families', 'a/b', '404 Not Found'],
  ])('is told of %s that there is no %s', async (name, code, message) => {
    const { client } = await phpClient();
    await expect(client.get(name, code)).rejects.toThrow(message);
  });

  // It tried to refresh the token, was answered 401 once more, and told of that one.
  it('tells that the App has been disconnected', async () => {
    const { test, client } = await phpClient();
    await test.user.disconnect(test.app.clientId);
    await expect(client.all('channels', 100)).rejects.toThrow(
      '401 The access token provided is invalid. Your app has been disconnected from that PIM.',
    );
  });
});
