import { describe, expect, it } from 'vitest';
import { filesIn, type SourceFile } from './support/source-files.ts';

/** A declaration that is exported where it stands; `export { … }` and `export … from` are not. */
const EXPORTED =
  /^export (?:default )?(?:declare )?(?:async )?(?:abstract )?(function\*?|class|interface|type|const|let|enum|namespace) +([\w$]+)/;

/**
 * The exported declarations without a doc comment directly above them, as `file:line name`. Of a function with
 * overloads only the first signature needs one.
 */
function undocumented({ file, text }: SourceFile): string[] {
  const lines = text.split('\n');
  const seen = new Set<string>();
  return lines.flatMap((line, index) => {
    const [, kind = '', name = ''] = EXPORTED.exec(line) ?? [];
    const isOverload = kind.startsWith('function') && seen.has(name);
    if (kind.startsWith('function')) seen.add(name);
    if (name === '' || isOverload || endsWithDocComment(lines.slice(0, index))) return [];
    return [`${file}:${index + 1} ${name}`];
  });
}

/** A comment that ends in the last line, opens with two stars and says something. */
function endsWithDocComment(lines: readonly string[]): boolean {
  if (!lines.at(-1)?.trimEnd().endsWith('*/')) return false;
  const start = lines.findLastIndex((line) => line.trimStart().startsWith('/*'));
  const comment = lines.slice(start).join('\n').trim();
  return /^\/\*\*[^/]/.test(comment) && /\w/.test(comment);
}

describe('every exported declaration has a doc comment', () => {
  it.each(['functions', 'reader', 'cli', 'infra', 'local', 'simulator'])('in %s', (folder) => {
    const files = filesIn(folder, /\.[jt]s$/);
    expect(files.length).toBeGreaterThan(10);
    expect(files.flatMap(undocumented)).toEqual([]);
  });

  it.each([
    ['nothing above it', 'import a from "a";\n\nexport function planted() {}'],
    ['the first line of a file', 'export const planted = 1;'],
    ['an empty line between', '/** Says it. */\n\nexport class planted {}'],
    ['a comment of one star', '/* Says it. */\nexport interface planted {}'],
    ['a line comment', '// Says it.\nexport type planted = 1;'],
    ['a comment that says nothing', '/** */\nexport async function planted() {}'],
    ['code after the comment', '/** Says it. */\nconst a = 1;\nexport abstract class planted {}'],
    ['a comment behind code', 'const a = 1; /** Says it. */\nexport enum planted {}'],
    ['a generator', '\nexport function* planted() {}'],
    ['a default export', '\nexport default class planted {}'],
    [
      'overloads',
      '\nexport function planted(a: 1): 1;\nexport function planted(a: 2): 2;\nexport function planted(a: 3) {}',
    ],
    [
      'a type beside a const',
      '/** Says it. */\nexport const planted = 1;\nexport type planted = 1;',
    ],
  ])('would be missed with %s', (_what, text) => {
    expect(undocumented({ file: 'a.ts', text })).toEqual([
      expect.stringMatching(/^a\.ts:\d+ planted$/),
    ]);
  });

  it.each([
    ['one line', '/** Says it. */\nexport function documented() {}'],
    [
      'several lines',
      '/**\n * Says it.\n *\n * @throws {Error} always.\n */\nexport class documented {}',
    ],
    [
      'one before all overloads',
      '/** Says it. */\nexport function documented(a: 1): 1;\nexport function documented(a: 2) {}',
    ],
    [
      'none for a re-export',
      "export { a } from './a.ts';\nexport * from './b.ts';\nexport type { C } from './c.ts';\nexport { d };",
    ],
    ['none for what is not exported', 'function hidden() {}\nconst a = 1;'],
  ])('is content with %s', (_what, text) => {
    expect(undocumented({ file: 'a.ts', text })).toEqual([]);
  });
});
