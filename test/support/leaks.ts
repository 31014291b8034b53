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
 * Fails when a secret, or a person's name, is where it does not belong. It belongs in five places: the state in the
 * redirect to the PIM, the browser's key in its cookie, the code of a login in the redirect to the App, and the token and
 * the client secret, encrypted, in their tables. What names a person is only ever sealed.
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
  const { pathname } = new URL(url);
  for (const [name, value] of headers) {
    const rest = withoutAllowed({ name, value, status, pathname }, allowed);
    expect(marksIn(rest), `header ${name} of ${where}`).toEqual([]);
  }
}

/** The hashes of the states and browser keys of all flows. A login's code is gone from its table when it was redeemed. */
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
 * Takes the one secret that belongs there out of a header: a state or a browser's key that is that of a flow, or the code
 * of a login. All else of it is searched.
 */
function withoutAllowed(
  {
    name,
    value,
    status,
    pathname,
  }: { name: string; value: string; status: number; pathname: string },
  { states, browserKeys }: AllowedSecrets,
): string {
  const state = /[?&]state=([^&]*)/.exec(value)?.[1] ?? '';
  if (name === 'location' && status === 302 && states.has(hashOf(State.parse(state))))
    return value.replace(state, '');
  const code = /[?&]code=([\w-]{43})&/.exec(value)?.[1] ?? '';
  if (name === 'location' && status === 303 && pathname === '/login')
    return value.replace(code, '');
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
