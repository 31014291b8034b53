import { readFileSync, writeFileSync } from 'node:fs';
import type { TechniqueResults } from '../techniques/measure.ts';
import { coldSharesOf } from './journey.ts';
import { plot, plotColdShares } from './plot.ts';
import type { Documented, Results } from './results.ts';
import { tables } from './tables.ts';

const DOCS = new URL('../../../docs/', import.meta.url);
const RESULTS = new URL('performance.json', DOCS);
const PAGE = new URL('performance.md', DOCS);
const PLOT = new URL('performance.svg', DOCS);
const COLD_SHARES = new URL('cold-share.svg', DOCS);

/** What docs/performance.md says, as numbers. */
export function readDocumented(): Documented {
  return JSON.parse(readFileSync(RESULTS, 'utf8')) as Documented;
}

/** Writes a run of the bench into docs/; the techniques stay those of their own run. */
export function documentResults(results: Results): void {
  const { techniques } = readDocumented();
  writeDocs({ ...results, ...(techniques && { techniques }) });
}

/** Writes a run of the techniques into docs/; everything else stays. */
export function documentTechniques(techniques: TechniqueResults): void {
  writeDocs({ ...readDocumented(), techniques });
}

/** Writes docs/performance.json, and from it the plots and the tables of docs/performance.md. */
function writeDocs(documented: Documented): void {
  writeFileSync(RESULTS, `${JSON.stringify(documented, undefined, 2)}\n`);
  writeFileSync(PLOT, plot(documented));
  writeFileSync(COLD_SHARES, plotColdShares(coldSharesOf(documented)));
  writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), tables(documented)));
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
