import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pimRowToItem } from '../../../cli/stores/pim-row.ts';
import { RECORDED_ATTRIBUTES } from '../../../functions/health/dynamodb-finding-recorder.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { STATUS_INDEX } from '../../../functions/store/status-index.ts';

const ROOT = join(import.meta.dirname, '../../..');
const PAGE = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

/** The folders that the page lists, from the project's folder: those at the top, and one or two levels below. */
function listedFolders(): string[] {
  const path: string[] = [];
  const lines = PAGE.matchAll(/^( {0,4})([\w-]+)\/ /gm);
  return [...lines].map(([, indent = '', name = '']) => {
    path.splice(indent.length / 2, path.length, name);
    return path.join('/');
  });
}

/** The attributes in the row of a table: its key and what it holds. */
function attributesOf(table: string): string[] {
  const row = new RegExp(`^\\| ${table} .*$`, 'm').exec(PAGE)?.[0] ?? '';
  return [...row.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
}

describe('docs/architecture.md', () => {
  it('lists folders that are there, and every folder of the functions', () => {
    const folders = listedFolders();
    const functions = readdirSync(join(ROOT, 'functions'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `functions/${name}`);
    expect(folders).toEqual(expect.arrayContaining(['local', ...functions]));
    expect(folders.filter((folder) => !existsSync(join(ROOT, folder)))).toEqual([]);
  });

  // The row of Pims had neither `addedAt` nor `updatedAt`.
  it('names every attribute of a PIM', () => {
    const row = {
      pim: '',
      clientId: '',
      scopes: parseScope('a'),
      appUrl: '',
      label: '',
      addedAt: 0,
      updatedAt: 0,
    };
    expect(attributesOf('Pims')).toEqual(Object.keys(pimRowToItem(row)));
  });

  // The row of Flows had no `consumedBy`.
  it('names every attribute that the code of the stores writes in an expression', () => {
    expect(writtenIn('dynamodb-flow-store')).toContain('consumedBy');
    expect(attributesOf('Flows')).toEqual(expect.arrayContaining(writtenIn('dynamodb-flow-store')));
    expect(attributesOf('Connections')).toEqual(
      expect.arrayContaining([
        ...writtenIn('dynamodb-connection-store'),
        ...RECORDED_ATTRIBUTES,
        ...STATUS_INDEX.attributes,
      ]),
    );
  });
});

/** The names before a `=` and a value in the update expressions of a store. */
function writtenIn(store: string): string[] {
  const source = readFileSync(join(ROOT, `functions/store/${store}.ts`), 'utf8');
  return [...source.matchAll(/(\w+) = :\w+/g)].map(([, name = '']) => name);
}
