import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bench } from './bench.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { jsonLine } from './report/json-line.ts';
import { tables } from './report/tables.ts';
import { writeDocs } from './report/write-docs.ts';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** On standard error, so that standard output holds results only. */
function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function run(options: Options): Promise<void> {
  if (options.help) {
    say(HELP);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const results = await bench(options, folder, progress);
    if (options.write) writeDocs(results);
    for (const [name, table] of Object.entries(tables(results))) say(`\n${name}\n\n${table}`);
    if (options.json) say(`\n${jsonLine(results)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  progress(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
