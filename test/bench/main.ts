import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { print } from '../../terminal/printable.ts';
import { bench } from './bench.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { jsonLine } from './report/json-line.ts';
import { tables } from './report/tables.ts';
import { techniqueLine, techniqueTable } from './report/technique-table.ts';
import { documentResults, documentTechniques } from './report/write-docs.ts';
import { measureTechniques } from './techniques/measure.ts';

function say(text: string): void {
  print(process.stdout, `${text}\n`);
}

/** On standard error, so that standard output holds results only. */
function progress(text: string): void {
  print(process.stderr, `${text}\n`);
}

async function runBench(options: Options, folder: string): Promise<void> {
  const results = await bench(options, folder, progress);
  if (options.write) documentResults(results);
  for (const [name, table] of Object.entries(tables(results))) say(`\n${name}\n\n${table}`);
  if (options.json) say(`\n${jsonLine(results)}`);
}

async function runTechniques(options: Options, folder: string): Promise<void> {
  const techniques = await measureTechniques(options.runs, folder, progress);
  if (options.write) documentTechniques(techniques);
  say(`\ntechniques\n\n${techniqueTable(techniques)}`);
  if (options.json) say(`\n${techniqueLine(techniques)}`);
}

async function run(options: Options): Promise<void> {
  if (options.help) {
    say(HELP);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    await (options.techniques ? runTechniques : runBench)(options, folder);
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
