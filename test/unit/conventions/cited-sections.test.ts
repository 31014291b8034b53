import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const CONTRACT = readFileSync(join(ROOT, 'docs/pim-contract.md'), 'utf8');

/** The numbers of a page's sections: its headings, and the points that start with a bold number. */
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

/** The citations of sections that the contract does not have, in all files of a folder. */
function unknownSections(folder: string, sections: ReadonlySet<string>): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.([jt]s|md)$/.test(name))
    .flatMap((name) => {
      const cited = citedIn(readFileSync(join(ROOT, folder, name), 'utf8'));
      return cited
        .filter((section) => !sections.has(section))
        .map((section) => `${name} §${section}`);
    });
}

describe('docs/pim-contract.md', () => {
  const sections = sectionsOf(CONTRACT);

  it('has the sections 1 to 8 and their points', () => {
    expect([...sections]).toEqual(
      expect.arrayContaining(['1', '2', '2.1', '2.7', '3.5', '4.4', '5', '6', '7', '8']),
    );
  });

  it.each(['functions', 'reader', 'cli', 'infra', 'local', 'simulator', 'docs'])(
    'has every section that %s cites',
    (folder) => expect(unknownSections(folder, sections)).toEqual([]),
  );

  it.each([
    [' * @see docs/pim-contract.md §3.5 and §9', ['3.5', '9']],
    [' * As written there (docs/pim-contract.md §2.1, §9): so it is.', ['2.1', '9']],
    [' * in docs/pim-contract.md\n * §9', ['9']],
    ['in [pim-contract.md](pim-contract.md), sections 3.4 and 9.', ['3.4', '9']],
    ['docs/pim-contract.md: 30 s are enough', []],
    ['docs/pim-contract.md §2.1 */\nconst MAXIMUM = 1000;', ['2.1']],
  ])('is cited by %j in %j', (text, cited) => {
    expect(citedIn(text)).toEqual(cited);
  });
});
