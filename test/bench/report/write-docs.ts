import { readFileSync, writeFileSync } from 'node:fs';
import { plot } from './plot.ts';
import type { Results } from './results.ts';
import { tables } from './tables.ts';

const DOCS = new URL('../../../docs/', import.meta.url);

/** Writes docs/performance.json, and from it the plot and the tables of docs/performance.md. */
export function writeDocs(results: Results): void {
  writeFileSync(new URL('performance.json', DOCS), `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(new URL('performance.svg', DOCS), plot(results));
  const page = new URL('performance.md', DOCS);
  writeFileSync(page, withTables(readFileSync(page, 'utf8'), tables(results)));
}

/** Fills each `<!-- name -->` … `<!-- /name -->` with the table of that name. */
export function withTables(page: string, content: Readonly<Record<string, string>>): string {
  return Object.entries(content).reduce(
    (filled, [name, table]) =>
      filled.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`),
        (_, start: string, end: string) => `${start}\n${table}\n\n${end}`,
      ),
    page,
  );
}
