/** A back end of somebody else: reads products of a PIM with the token that the activation has stored. */
// biome-ignore-all lint/suspicious/noConsole: a back end logs what it has; the test looks for secrets in there.
import { ConnectionError, openConnections } from 'akeneo-app-activation/reader';

const connections = openConnections();

/** What it found: the granted scopes and the PIM's own answer, or why there is none. */
export async function handler({ pim }: { readonly pim: string }) {
  try {
    const connection = await connections.get(pim);
    print('a connection', connection);
    const response = await connections.fetch(pim, '/api/rest/v1/products');
    return { scopes: connection.scopes, status: response.status, answer: await response.json() };
  } catch (error) {
    print('an error', error);
    if (error instanceof ConnectionError) return { problem: error.code };
    throw error;
  }
}

/**
 * Logs as carelessly as somebody who looks for a mistake: once as usual, and once by `util.inspect` with all that is
 * hidden, which `console.dir` calls, past what a value says of itself. The line behind them tells
 * test/deploy/package.test.ts that they are there.
 */
function print(what: string, value: unknown): void {
  console.log(value);
  console.dir(value, { depth: null, showHidden: true });
  console.log(`The back end has printed ${what}.`);
}
