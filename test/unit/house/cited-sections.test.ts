import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filesIn, type SourceFile } from './support/source-files.ts';

const CONTRACT = readFileSync(new URL('../../../docs/pim-contract.md', import.meta.url), 'utf8');

/** The numbers of the sections that a page has: its headings, and the points that start with a number in bold. */
function sectionsOf(page: string): Set<string> {
  const numbers = page.matchAll(/^(?:#+ (\d+(?:\.\d+)*)\.? |- \*\*(\d+(?:\.\d+)*)\*\* )/gm);
  return new Set([...numbers].map(([, heading, point]) => heading ?? point ?? ''));
}

/** The numbers that a text names after `pim-contract.md`, such as `§3.1 and §3.2` or `sections 3.4 and 6`. */
function citedIn(text: string): string[] {
  const citations = text.matchAll(
    /pim-contract\.md\)?((?:[\s,*]|\/\/|and |sections? |§ ?\d+(?:\.\d+)*|\b\d+(?:\.\d+)*)*)/g,
  );
  return [...citations].flatMap(([, cited = '']) => cited.match(/\d+(?:\.\d+)*/g) ?? []);
}

function unknownSections({ file, text }: SourceFile, sections: ReadonlySet<string>): string[] {
  return citedIn(text)
    .filter((section) => !sections.has(section))
    .map((section) => `${file} cites §${section}`);
}

describe('docs/pim-contract.md', () => {
  const sections = sectionsOf(CONTRACT);

  it('has the sections 1 to 8 and their points', () => {
    expect([...sections]).toEqual(
      expect.arrayContaining(['1', '2', '2.1', '2.7', '3.5', '4.4', '5', '6', '7', '8']),
    );
  });

  // Comments named §2.7 and §8, and "§2.3 (step 5)", which the page did not have.
  it.each(['functions', 'reader', 'cli', 'infra', 'local', 'simulator', 'docs'])(
    'has every section that %s names',
    (folder) => {
      const files = filesIn(folder, /\.([jt]s|md)$/);
      expect(files.flatMap((file) => unknownSections(file, sections))).toEqual([]);
    },
  );

  it('is cited in the code', () => {
    const cited = filesIn('simulator', /\.ts$/).flatMap(({ text }) => citedIn(text));
    expect(cited.length).toBeGreaterThan(20);
  });

  it.each([
    '/** @see docs/pim-contract.md §9 */',
    ' * @see docs/pim-contract.md §3.5 and §9',
    ' * As written there (docs/pim-contract.md §2.1, §9): so it is.',
    ' * in docs/pim-contract.md\n * §9',
    'in [pim-contract.md](pim-contract.md), sections 3.4 and 9.',
  ])('would be found not to have the section that %j names', (text) => {
    expect(unknownSections({ file: 'a.ts', text }, sections)).toEqual(['a.ts cites §9']);
  });

  it.each([
    'docs/pim-contract.md §3.4.',
    'docs/pim-contract.md: 30 s are enough',
    'docs/pim-contract.md §2.1 */\nconst MAXIMUM = 1000;',
  ])('has the sections of %j, which ends there', (text) => {
    expect(unknownSections({ file: 'a.ts', text }, sections)).toEqual([]);
  });
});
