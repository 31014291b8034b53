/** Builds `akeneo-app-activation`, the library, into `dist`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLING, entryPointsOf } from '../infra/bundling/bundling.ts';
import { writeBundles } from '../infra/bundling/prebuild.ts';
import library from '../package.json' with { type: 'json' };
import { compile, ROOT } from './commonjs.ts';
import { writeNotices } from './notices.ts';

const outdir = join(ROOT, 'dist');
const compiled = await compile({
  tsconfig: 'tsconfig.build.json',
  outdir,
  entries: ['infra/index.ts', 'reader/index.ts'],
  // A back end that uses the reader alone installs no parser of SVG.
  inlined: ['@xmldom/xmldom'],
});
// For bundlers alone, which take the condition "module" for `import` and `require`: they can leave out what is not used,
// and an ES module may come of it whose packages are not in it.
await build({
  absWorkingDir: ROOT,
  entryPoints: ['reader/index.ts'],
  outfile: join(outdir, 'reader', 'bundler.mjs'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
});
writeBundles(join(outdir, 'handlers'));
const handlers = join(outdir, 'handlers');
const bundled = await bundledFiles(readdirSync(handlers));
writeNotices([...bundled, ...Object.keys(compiled.inputs)], library, outdir);

/** What is in the bundles of the functions, as paths in the checkout. */
async function bundledFiles(names: readonly string[]): Promise<string[]> {
  const settings = { ...BUNDLING, absWorkingDir: ROOT, write: false, metafile: true } as const;
  const bundles = names.map((name) =>
    build({ ...settings, entryPoints: entryPointsOf(name), outdir: handlers }),
  );
  return (await Promise.all(bundles)).flatMap(({ metafile }) => Object.keys(metafile.inputs));
}
