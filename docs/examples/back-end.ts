/** A Lambda function on a schedule: counts the products of every PIM that the App is connected to. */
import { AppDisconnectedError, openConnections } from 'akeneo-app-activation/reader';

const connections = openConnections();

/** What this example reads of the PIM's answer. */
interface Page {
  readonly _links: { readonly next?: { readonly href: string } };
  readonly _embedded: { readonly items: readonly unknown[] };
}

/** Throws only at the end: one PIM that fails does not keep the others from being counted. */
export async function handler(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const failures: Error[] = [];
  for await (const { pim, clientId } of connections.list({ status: 'connected' })) {
    try {
      counts[pim] = await countProducts(pim, clientId);
    } catch (error) {
      const failure = new Error(`${pim}: ${String(error)}`, { cause: error });
      // A disconnected App is not a failure. A PIM user may connect it again.
      if (!(error instanceof AppDisconnectedError)) failures.push(failure);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('\n'));
  return counts;
}

async function countProducts(pim: string, clientId: string): Promise<number> {
  let count = 0;
  for (let query: string | undefined = '?pagination_type=search_after&limit=100'; query; ) {
    const path = `/api/rest/v1/products${query}`;
    const response = await connections.fetch(pim, path, { clientId });
    if (!response.ok) throw new Error(`The PIM answers ${response.status}.`);
    // The PIM's REST API documents this shape; a real back end checks it.
    const { _embedded: embedded, _links: links } = (await response.json()) as Page;
    count += embedded.items.length;
    query = links.next && new URL(links.next.href).search;
  }
  return count;
}

// On your own machine it runs at once.
if (!process.env['AWS_LAMBDA_FUNCTION_NAME'])
  void handler().then((counts) => process.stdout.write(`${JSON.stringify(counts)}\n`));
