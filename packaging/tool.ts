/** Builds `akeneo-app`, the tool, into `tool/dist`. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import library from '../package.json' with { type: 'json' };
import tool from '../tool/package.json' with { type: 'json' };
import app from '../tool/template/package.json' with { type: 'json' };
import { compile, ROOT } from './commonjs.ts';
import { writeNotices } from './notices.ts';

/** Where the pages are that the commands name. */
const DOCS = library.homepage.replace('#readme', '/blob/main/docs/');

const outdir = join(ROOT, 'tool', 'dist');
const metafile = await compile({
  tsconfig: 'tsconfig.tool.json',
  outdir,
  entries: ['tool/simulator.ts', 'tool/testing.ts'],
  inlined: ['@clack/prompts', 'fast-string-width', 'jose'],
  // The classes of the library, so that an App finds its own `ConnectionError` in what the tool throws.
  elsewhere: { folder: 'reader', name: 'akeneo-app-activation/reader' },
  manifest: { name: tool.name, version: tool.version, docs: DOCS },
});
cpSync(join(ROOT, 'simulator', 'page'), join(outdir, 'simulator', 'page'), { recursive: true });
checkDependencies();
writeNotices(Object.keys(metafile.inputs), tool, outdir);

/** @throws {Error} for a package that is loaded and not installed with the tool, or not in the version that is tested here;
 * and when what `init` writes has other versions of our packages. */
function checkDependencies(): void {
  const installed: Readonly<Record<string, string>> = tool.dependencies;
  const tested: Readonly<Record<string, string>> = {
    ...library.devDependencies,
    ...library.dependencies,
    [library.name]: `^${tool.version}`,
  };
  const wrong = loadedPackages().filter(
    (name) => !(name in tool.peerDependencies) && installed[name] !== tested[name],
  );
  if (wrong.length > 0 || tool.version !== library.version)
    throw new Error(`tool/package.json has not the versions of package.json: ${wrong.join(', ')}`);
  const ofApp = [app.dependencies['akeneo-app-activation'], app.devDependencies['akeneo-app']];
  if (ofApp.some((range) => range !== `^${tool.version}`))
    throw new Error(`tool/template/package.json has not ^${tool.version} of both packages.`);
}

function loadedPackages(): string[] {
  const paths = Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.flatMap(({ path, external }) => (external ? [path] : [])),
  );
  const packages = paths.filter((path) => !/^(\.|node:)/.test(path));
  return [...new Set(packages.map((path) => /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path))];
}
