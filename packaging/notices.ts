import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './commonjs.ts';

/** A package of somebody else, of which code is in ours. */
interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Its licence and its notices, as it ships them. */
  readonly texts: readonly string[];
}

/** Of the files that a package ships for lawyers. */
const LEGAL = /^(licen[cs]e|notice|copying)/i;

/**
 * Writes what our bundles owe to their authors: `THIRD-PARTY-NOTICES.txt` with every licence, and `sbom.cdx.json` for
 * scanners.
 *
 * @param inputs the files that esbuild has bundled.
 * @see {@link https://cyclonedx.org/docs/1.6/json/ CycloneDX 1.6}
 */
export function writeNotices(inputs: readonly string[], outdir: string): void {
  const folders = inputs.flatMap(
    (path) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  );
  const bundled = [...new Set(folders)].toSorted().map(bundledPackage);
  const notices = bundled.map(
    ({ name, version, license, texts }) => `${name} ${version} (${license})\n\n${texts.join('\n')}`,
  );
  writeFileSync(join(outdir, 'THIRD-PARTY-NOTICES.txt'), notices.join(`\n${'-'.repeat(72)}\n\n`));
  const components = bundled.map(({ name, version, license }) => ({
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: [{ license: { id: license } }],
  }));
  const sbom = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components };
  writeFileSync(join(outdir, 'sbom.cdx.json'), `${JSON.stringify(sbom, undefined, 2)}\n`);
}

/** @throws {Error} for a package that does not name its licence. */
function bundledPackage(folder: string): Bundled {
  const path = join(ROOT, folder);
  const { name, version, license } = JSON.parse(
    readFileSync(join(path, 'package.json'), 'utf8'),
  ) as Bundled;
  if (typeof license !== 'string') throw new Error(`${name} does not name its licence.`);
  const texts = readdirSync(path).filter((file) => LEGAL.test(file));
  return {
    name,
    version,
    license,
    texts: texts.map((file) => readFileSync(join(path, file), 'utf8')),
  };
}
