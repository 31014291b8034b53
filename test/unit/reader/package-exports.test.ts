import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

const json = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

/** A file that the build makes, and its types. */
interface Target {
  readonly types: string;
  readonly default: string;
}

/** For each export with code, what `import` and `require` get. */
const EXPORTS: Readonly<Record<string, Readonly<Record<'import' | 'require', Target>>>> =
  json('package.json').exports;

/** The packages that a file imports, directly and indirectly, by their names. */
async function packagesOf(file: string): Promise<string[]> {
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
  return [...new Set(imports.map(({ path }) => path))].filter((path) => !isBuiltIn(path));
}

const isBuiltIn = (path: string) => path.startsWith('node:');

describe('the exports of the package', () => {
  it.each(['./infra', './reader'])('%s is built from a source of ours', (path) => {
    const entry = EXPORTS[path];
    const name = String(entry?.require.default).replace(/\.js$/, '');
    expect(json('tsconfig.build.json').include).toContain(`${name.replace('./dist/', '')}.ts`);
    expect(entry).toMatchObject({
      import: { types: `${name}.d.mts`, default: `${name}.mjs` },
      require: { types: `${name}.d.ts`, default: `${name}.js` },
    });
  });

  it('need nothing but the dependencies for the reader', async () => {
    const dependencies = Object.keys(json('package.json').dependencies);
    expect(dependencies).toEqual(expect.arrayContaining(await packagesOf('reader/index.ts')));
  });
});
