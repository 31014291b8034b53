/** The back end as Lambda runs it. */
import { openConnections } from 'akeneo-app-activation/reader';
import { identifiersOfProducts } from './products.ts';

const connections = openConnections();

/** The first products of each PIM that is connected. */
export async function handler(): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for await (const { pim } of connections.list({ status: 'connected' }))
    found[pim] = await identifiersOfProducts(connections, pim);
  return found;
}
