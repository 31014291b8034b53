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
 * @param product the package that ships them.
 * @see {@link https://cyclonedx.org/docs/1.6/json/ CycloneDX 1.6}
 */
export function writeNotices(
  inputs: readonly string[],
  product: Pick<Bundled, 'name' | 'version'>,
  outdir: string,
): void {
  const folders = inputs.flatMap(
    (path) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  );
  const bundled = [...new Set(folders)].toSorted().map(bundledPackage);
  const notices = bundled.map(
    ({ name, version, license, texts }) => `${name} ${version} (${license})\n\n${texts.join('\n')}`,
  );
  writeFileSync(join(outdir, 'THIRD-PARTY-NOTICES.txt'), notices.join(`\n${'-'.repeat(72)}\n\n`));
  const components = bundled.map((one) => ({
    ...componentOf(one),
    licenses: [
      / /.test(one.license) ? { expression: one.license } : { license: { id: one.license } },
    ],
  }));
  const metadata = { component: componentOf(product) };
  const sbom = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata, components };
  writeFileSync(join(outdir, 'sbom.cdx.json'), `${JSON.stringify(sbom, undefined, 2)}\n`);
}

function componentOf({ name, version }: Pick<Bundled, 'name' | 'version'>) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return { type: 'library', 'bom-ref': purl, name, version, purl };
}

/** @throws {Error} for a package that does not name its licence, or ships no text of it. */
function bundledPackage(folder: string): Bundled {
  const path = join(ROOT, folder);
  const { name, version, license } = JSON.parse(
    readFileSync(join(path, 'package.json'), 'utf8'),
  ) as Bundled;
  if (typeof license !== 'string') throw new Error(`${name} does not name its licence.`);
  const texts = readdirSync(path).filter((file) => LEGAL.test(file));
  if (texts.length === 0) throw new Error(`${name} ships no text of its licence.`);
  return {
    name,
    version,
    license,
    texts: texts.map((file) => readFileSync(join(path, file), 'utf8')),
  };
}
