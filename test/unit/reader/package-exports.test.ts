import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

const json = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

/** For each export of the package, the file that the build makes, and its types. */
const EXPORTS: Readonly<Record<string, { readonly types: string; readonly default: string }>> =
  json('package.json').exports;

/** What a file imports, directly and indirectly: our files and, by their names, packages. */
async function importsOf(file: string) {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [file],
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    write: false,
    metafile: true,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return {
    files: Object.keys(metafile.inputs).toSorted(),
    packages: [...new Set(imports.map(({ path }) => path))].filter((path) => !isBuiltIn(path)),
  };
}

const isBuiltIn = (path: string) => path.startsWith('node:');

describe('the exports of the package', () => {
  it.each(Object.entries(EXPORTS))('%s is built from a source of ours', (_name, entry) => {
    const source = entry.default.replace('./dist/', '').replace(/\.js$/, '.ts');
    expect(json('tsconfig.build.json').include).toContain(source);
    expect(entry.types).toBe(entry.default.replace(/\.js$/, '.d.ts'));
  });

  it.each(['reader/index.ts', 'local/open-local-connections.ts'])(
    '%s needs nothing but the dependencies',
    async (file) => {
      const { packages } = await importsOf(file);
      expect(Object.keys(json('package.json').dependencies)).toEqual(
        expect.arrayContaining(packages),
      );
    },
  );

  // The documented example imported files of the checkout that the package does not hold.
  it('bring the file of variables along, and no more of the local App', async () => {
    const { files } = await importsOf('local/open-local-connections.ts');
    expect(files.filter((file) => file.startsWith('local/'))).toEqual([
      'local/env-file.ts',
      'local/open-local-connections.ts',
    ]);
  });
});
