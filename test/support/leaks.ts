import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { BrowserKey, State } from '../../functions/activation/flow.ts';
import { isMalformed, type Malformed } from '../../functions/pim/malformed.ts';
import type { EmbeddedDynamoDb } from '../../local/store/embedded-dynamodb.ts';
import type { Page } from '../../simulator/user/index.ts';
import { marksIn } from './canary.ts';

/** What came out of the App. */
export interface Seen {
  readonly pages: readonly Page[];
  /** Log lines; the metrics are in them. */
  readonly logLines: readonly string[];
}

/**
 * Fails when a secret is where it does not belong. It belongs in four places: the state in the redirect to the
 * PIM, the browser's key in its cookie, and the token and the client secret, encrypted, in their tables.
 */
export async function expectNoLeak(seen: Seen, db: EmbeddedDynamoDb): Promise<void> {
  expect(seen.pages.length, 'pages seen').toBeGreaterThan(0);
  expect(seen.logLines.length, 'log lines seen').toBeGreaterThan(0);
  for (const line of seen.logLines) expect(marksIn(line), line).toEqual([]);
  const allowed = await allowedSecrets(db);
  for (const page of seen.pages) expectCleanPage(page, allowed);
  for (const table of Object.values(db.address.tables)) await expectCleanTable(table, db);
}

function expectCleanPage({ url, status, headers, body }: Page, allowed: AllowedSecrets): void {
  const where = `${status} ${new URL(url).pathname}`;
  expect(marksIn(body), `page ${where}`).toEqual([]);
  for (const [name, value] of headers) {
    const rest = withoutAllowed({ name, value, status }, allowed);
    expect(marksIn(rest), `header ${name} of ${where}`).toEqual([]);
  }
}

/** The hashes of the states and browser keys of all flows. */
interface AllowedSecrets {
  readonly states: ReadonlySet<string | undefined>;
  readonly browserKeys: ReadonlySet<string | undefined>;
}

async function allowedSecrets({ client, address }: EmbeddedDynamoDb): Promise<AllowedSecrets> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: address.tables.flows }));
  return {
    states: new Set(Items.map(({ stateHash }) => stateHash?.S)),
    browserKeys: new Set(Items.map(({ browserHash }) => browserHash?.S)),
  };
}

/**
 * Takes the one secret that belongs there out of a header, a state or a browser's key that is that of a flow; all
 * else of it is searched.
 */
function withoutAllowed(
  { name, value, status }: { name: string; value: string; status: number },
  { states, browserKeys }: AllowedSecrets,
): string {
  const state = /[?&]state=([^&]*)/.exec(value)?.[1] ?? '';
  if (name === 'location' && status === 302 && states.has(hashOf(State.parse(state))))
    return value.replace(state, '');
  const key = /^__Host-akeneo-app-browser-[\w-]{8}=([^;]*)/.exec(value)?.[1] ?? '';
  if (name === 'set-cookie' && browserKeys.has(hashOf(BrowserKey.parse(key))))
    return value.replace(key, '');
  return value;
}

const hashOf = (key: State | BrowserKey | Malformed) => (isMalformed(key) ? undefined : key.hash());

async function expectCleanTable(table: string, { client }: EmbeddedDynamoDb): Promise<void> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
  for (const row of Items) {
    const shown = JSON.stringify(row, (_name, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    expect(marksIn(shown), `a row of ${table}`).toEqual([]);
  }
}
