import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = join(ROOT, 'functions/pages');

/** Changes of a language by what is wrong then: a line of it, what it becomes, and what the compiler says. */
const FAULTS: Readonly<Record<string, readonly [line: RegExp, becomes: string, says: string]>> = {
  'a text that is missing': [/ {4}tryAgain: .*\n/, '', "Property 'tryAgain' is missing"],
  'a text that is superfluous': [
    / {4}tryAgain: /,
    "    again: 'Noch einmal',\n$&",
    'English has no such text',
  ],
  'a placeholder that differs': [/\{pim\} verbunden/, '{PIM} verbunden', 'placeholders of English'],
  'a placeholder that is missing': [/'\{app\} öffnen'/, "'Öffnen'", 'placeholders of English'],
  'a text that is empty': [/'Datenschutz'/, "''", 'empty'],
  'a text that is longer than its place': [
    /'Datenschutz'/,
    `'${'D'.repeat(31)}'`,
    'longer than 30 characters',
  ],
};

const NAMES = Object.keys(FAULTS);
let said = '';

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'languages-'));
  const german = readFileSync(join(PAGES, 'languages/de.ts'), 'utf8').replace(
    '../language.ts',
    `${PAGES.replaceAll('\\', '/')}/language.ts`,
  );
  for (const [index, [line, becomes]] of [[/^/, ''] as const, ...Object.values(FAULTS)].entries())
    writeFileSync(join(folder, `l${index}.mts`), german.replace(line, becomes));
  const typeRoots = [join(ROOT, 'node_modules/@types')];
  const settings = {
    extends: `${ROOT}/tsconfig.json`,
    compilerOptions: { typeRoots },
    include: ['*.mts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  said = (await runCommand(process.execPath, [tsc, '--project', folder, '--pretty', 'false']))
    .stdout;
}, 60_000);

describe('a language', () => {
  it('compiles', () => {
    expect(said).not.toContain('l0.mts');
  });

  it.each(NAMES)('does not compile with %s', (name) => {
    const file = `l${NAMES.indexOf(name) + 1}.mts`;
    const errors = said.split(/\n(?=\S)/).filter((error) => error.includes(file));
    expect(errors.join('\n')).toContain(FAULTS[name]?.[2]);
  });
});
