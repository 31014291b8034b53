import type { Connections } from 'akeneo-app-activation/reader';

/** What is read of the PIM's answer. */
interface ProductPage {
  readonly _embedded: { readonly items: readonly { readonly identifier: string }[] };
}

/** The identifiers on the first page of a PIM's products. */
export async function identifiersOfProducts(
  connections: Connections,
  pim: string,
): Promise<readonly string[]> {
  const response = await connections.fetch(pim, '/api/rest/v1/products?limit=10');
  if (!response.ok) throw new Error(`The PIM answers ${response.status}.`);
  const page = (await response.json()) as ProductPage;
  return page._embedded.items.map(({ identifier }) => identifier);
}
