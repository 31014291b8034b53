/** A back end of somebody else: reads products of a PIM with the token that the activation has stored. */
import { ConnectionError, openConnections } from 'akeneo-app-activation/reader';

const connections = openConnections();

/** What it found: the granted scopes and the PIM's own answer, or why there is none. */
export async function handler({ pim }: { readonly pim: string }) {
  try {
    const { scopes } = await connections.get(pim);
    const response = await connections.fetch(pim, '/api/rest/v1/products');
    return { scopes, status: response.status, answer: await response.json() };
  } catch (error) {
    if (error instanceof ConnectionError) return { problem: error.code };
    throw error;
  }
}
