import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** What one shell knows, and cmd or PowerShell does not. */
const OF_ONE_SHELL: readonly RegExp[] = [
  /(?:^|[\s;&|(])(?:exec|rm|cp|mv|cat|grep|sed|awk|source|export|unset|touch|xargs) /,
  /\/dev\/null|\$\(|<<|\d>|\\$/,
  /^\s*[A-Z_][A-Z\d_]*=\S*(?:\s|$)/,
  /\$[A-Za-z_{]/,
];

const isOfOneShell = (line: string): boolean => OF_ONE_SHELL.some((one) => one.test(line));

const tracked = (pattern: string): string[] =>
  execFileSync('git', ['ls-files', pattern], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '');

/** The fenced blocks of a page, with what follows each. */
function blocksOf(page: string): { language: string; text: string; next: string }[] {
  const blocks = page.matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```\n(?:\s*```(\w+))?/gm);
  return [...blocks].map(([, language = '', text = '', next = '']) => ({ language, text, next }));
}

describe('commands for every shell', () => {
  it.each(tracked('*package.json'))('are the scripts of %s', (path) => {
    const { scripts = {} } = JSON.parse(read(path)) as { scripts?: Record<string, string> };
    expect(Object.values(scripts).filter((line) => isOfOneShell(line))).toEqual([]);
  });

  it.each(tracked('*.md'))('are the blocks of `sh` in %s', (path) => {
    const lines = blocksOf(read(path))
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => text.split('\n'));
    // Windows has a PowerShell that knows no `&&`.
    expect(lines.filter((line) => isOfOneShell(line) || line.includes('&&'))).toEqual([]);
  });

  it.each([
    'exec node x.js',
    'rm -rf dist',
    'node x.js > /dev/null',
    'NODE_ENV=test node x.js',
    'export A=b',
    'echo $HOME',
    'npm run app -- \\',
  ])('are not %j', (line) => {
    expect(isOfOneShell(line)).toBe(true);
  });
});
