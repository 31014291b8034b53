import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Page } from '../../local/pim-user/index.ts';
import type { EmbeddedDynamoDb } from '../../local/store/embedded-dynamodb.ts';
import { marksIn } from './canary.ts';

/** What came out of the App. */
export interface Seen {
  readonly pages: readonly Page[];
  /** Log lines; the metrics are in them. */
  readonly logLines: readonly string[];
}

/**
 * Fails when a secret is where it does not belong. It belongs in three places: the state in the redirect to the
 * PIM, the browser's key in its cookie, and the token, encrypted, in the table.
 */
export async function expectNoLeak(seen: Seen, db: EmbeddedDynamoDb): Promise<void> {
  expect(seen.pages.length, 'pages seen').toBeGreaterThan(0);
  expect(seen.logLines.length, 'log lines seen').toBeGreaterThan(0);
  for (const line of seen.logLines) expect(marksIn(line), line).toEqual([]);
  for (const page of seen.pages) expectCleanPage(page);
  for (const table of Object.values(db.address.tables)) await expectCleanTable(table, db);
}

function expectCleanPage({ url, status, headers, body }: Page): void {
  const where = `${status} ${new URL(url).pathname}`;
  expect(marksIn(body), `page ${where}`).toEqual([]);
  for (const [name, value] of headers) {
    const rest = ALLOWED[name]?.(value, status) ?? value;
    expect(marksIn(rest), `header ${name} of ${where}`).toEqual([]);
  }
}

/** Takes the one secret that belongs there out of a header; all else of it is searched. */
const ALLOWED: Readonly<Record<string, (value: string, status: number) => string>> = {
  location: (value, status) => (status === 302 ? value.replace(/([?&]state=)[^&]*/, '$1') : value),
  'set-cookie': (value) => value.replace(/^(__Host-akeneo-app-browser=)[^;]*/, '$1'),
};

async function expectCleanTable(table: string, { client }: EmbeddedDynamoDb): Promise<void> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
  for (const row of Items) {
    const shown = JSON.stringify(row, (_name, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    expect(marksIn(shown), `a row of ${table}`).toEqual([]);
  }
}
