import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MADE_PAGES } from '../../../docs/pages.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Every page of Markdown that somebody writes by hand, at least in part. */
const PAGES = ['.', '.github', 'docs', 'simulator']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  )
  .filter((name) => name.endsWith('.md'));

const TOP_LEVEL = /^(functions|infra|reader|cli|local|simulator|test|docs|\.github)\//;

const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');

/** The files and folders that a page names in code, such as `functions/pim/send.ts`. */
function namedPaths(page: string): string[] {
  const names = [...page.matchAll(/`([\w./-]+)`/g)].map(([, name = '']) => name);
  return names.filter((name) => TOP_LEVEL.test(name));
}

/** The targets of a page's links to other pages and pictures of this repository. */
function linkedPaths(page: string, text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => to);
  return targets.map((target) => relative(ROOT, join(ROOT, dirname(page), target)));
}

describe.each(PAGES)('%s', (page) => {
  it('names no file or folder that is not there', () => {
    const paths = [...namedPaths(read(page)), ...linkedPaths(page, read(page))];
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('has lines of at most 120 columns, tables and links excepted', () => {
    const lines = read(page).split('\n');
    const isLong = (line: string) => line.length > 120 && !/^\s*(\||\S*https:\S*$)/.test(line);
    expect(lines.filter(isLong)).toEqual([]);
  });
});

describe('docs/', () => {
  it.each(Object.entries(MADE_PAGES))('%s is as the code has it: npm run docs', (name, make) => {
    expect(read(`docs/${name}`)).toBe(make(read(`docs/${name}`)));
  });
});
