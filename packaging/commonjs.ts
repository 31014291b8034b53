import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** How a package is compiled. */
export interface Compilation {
  /** Names the sources; their declarations go to `outdir`. */
  readonly tsconfig: string;
  readonly outdir: string;
  /** What users import, as paths of sources. */
  readonly entries: readonly string[];
  /** Packages that are compiled along: those that CommonJS cannot load, and those that users need not install. */
  readonly inlined?: readonly string[];
  /** A folder that is another package: it is imported by that name, and not compiled. */
  readonly elsewhere?: { readonly folder: string; readonly name: string };
  /** What else the sources read in the `package.json` of the folder above them. */
  readonly manifest?: Readonly<Record<string, string>>;
}

/**
 * Compiles sources to CommonJS, file by file, with their declarations, and gives each entry a wrapper that is an ES
 * module. So `import` and `require` in one process get the same classes, and Jest, older TypeScript and Node load them.
 *
 * @returns what went into it.
 * @see {@link https://nodejs.org/api/packages.html#dual-commonjses-module-packages Dual CommonJS/ES module packages}
 */
export async function compile(compilation: Compilation): Promise<Metafile> {
  const { tsconfig, outdir, entries, elsewhere, manifest } = compilation;
  rmSync(outdir, { recursive: true, force: true });
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '--project', tsconfig], { cwd: ROOT, stdio: 'inherit' });
  if (elsewhere) rmSync(join(outdir, elsewhere.folder), { recursive: true });
  const declarations = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.d.ts'),
  );
  for (const file of declarations) renameImports(join(outdir, file), file, compilation);
  // Whatever package it is in, Node and TypeScript take what is here for CommonJS.
  writeFileSync(
    join(outdir, 'package.json'),
    `${JSON.stringify({ ...manifest, type: 'commonjs' })}\n`,
  );
  const metafile = await transpile(
    declarations.map((file) => file.replace('.d.ts', '.ts')),
    compilation,
  );
  for (const entry of entries) writeWrapper(join(outdir, entry.replace(/\.ts$/, '')));
  return metafile;
}

/** Declarations keep the names of sources. Here they are those of what was compiled. */
function renameImports(path: string, file: string, compilation: Compilation): void {
  const text = readFileSync(path, 'utf8').replaceAll(
    /(from |import\()'(\.[^']+)\.ts'/g,
    (_all, before: string, name: string) =>
      `${before}'${packageOf(join(dirname(file), `${name}.ts`), compilation) ?? `${name}.js`}'`,
  );
  writeFileSync(path, text);
}

/** The package that a source is part of, unless it is this one. */
function packageOf(source: string, { elsewhere }: Compilation): string | undefined {
  return elsewhere && source.startsWith(`${elsewhere.folder}${sep}`) ? elsewhere.name : undefined;
}

async function transpile(sources: readonly string[], compilation: Compilation): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [...sources],
    outbase: ROOT,
    outdir: compilation.outdir,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    metafile: true,
    logLevel: 'warning',
    // Jest has no `import()` in CommonJS. Its `require` loads at need just as well.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.dirname': '__dirname' },
    plugins: [fileByFile(compilation)],
  });
  return metafile;
}

/** Leaves every import to Node, under the name that it has there, but for the packages that are compiled along. */
function fileByFile(compilation: Compilation): Plugin {
  const inlined = new Set(compilation.inlined);
  return {
    name: 'file by file',
    setup(bundler) {
      bundler.onResolve({ filter: /.*/ }, ({ path, kind, importer, resolveDir }) => {
        if (kind === 'entry-point' || importer.includes('node_modules')) return undefined;
        if (inlined.has(path)) return undefined;
        if (!path.startsWith('.')) return { path, external: true };
        const source = relative(ROOT, join(resolveDir, path));
        const name = packageOf(source, compilation) ?? path.replace(/\.ts$/, '.js');
        return { path: name, external: true };
      });
      bundler.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
        contents: readFileSync(path, 'utf8')
          .replaceAll('import.meta.url', 'require("node:url").pathToFileURL(__filename).href')
          // Node's `require` takes paths where `import` takes URLs.
          .replace(
            /import\((new URL\(.+\))\.href\)/,
            'require(require("node:url").fileURLToPath($1))',
          ),
        loader: 'ts',
      }));
    },
  };
}

/** The same names for `import`. @param path of the entry, without its extension. */
function writeWrapper(path: string): void {
  const name = path.slice(path.lastIndexOf(sep) + 1);
  const names = exportedNames(`${path}.js`).toSorted().join(', ');
  writeFileSync(`${path}.mjs`, `export { ${names} } from './${name}.js';\n`);
  writeFileSync(`${path}.d.mts`, `export * from './${name}.js';\n`);
}

/** The names in esbuild's note for Node, which does not run a CommonJS module to learn them. */
function exportedNames(file: string): string[] {
  const [, note = ''] =
    /^0 && \(module\.exports = \{([^}]*)\}\);$/m.exec(readFileSync(file, 'utf8')) ?? [];
  return note.split(',').flatMap((part) => {
    const [, other] = /require\("(.+)"\)/.exec(part) ?? [];
    return other === undefined ? part.trim() || [] : exportedNames(join(dirname(file), other));
  });
}
