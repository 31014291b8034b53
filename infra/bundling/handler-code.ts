import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import type { BuildOptions } from 'esbuild';
import { BUNDLING, bundle, type EntryPoints, entryPointsOf, inProject } from './bundling.ts';

/** What lies beside a bundle, by name. It goes into the hash that names the asset. */
export type FilesBeside = Readonly<Record<string, string>>;

/**
 * The code of a function: the bundle that the package brings, else one that is made of the handler's source.
 *
 * @param handler name of its file in `functions/handlers`.
 * @param without modules that lie beside the bundle in other stacks, by name and without extension.
 */
export function handlerCode(
  handler: string,
  files: FilesBeside = {},
  without: readonly string[] = [],
): AssetCode {
  const prebuilt = inProject(`handlers/${handler}`);
  if (existsSync(prebuilt)) return prebuiltCode(prebuilt, files, without);
  const all = Object.entries(entryPointsOf(handler));
  const entryPoints = all.filter(([name]) => !without.includes(name));
  return bundledCode(Object.fromEntries(entryPoints), files);
}

/**
 * The bundle of a handler as it lies in the published package; in the project's own checkout there is none. A CDK app
 * that installs the package needs no bundler, and runs exactly the bytes that were tested here.
 */
export function prebuiltCode(
  folder: string,
  files: FilesBeside = {},
  without: readonly string[] = [],
): AssetCode {
  const exclude = without.map((name) => `${name}.mjs`);
  if (Object.keys(files).length === 0) return Code.fromAsset(folder, { exclude });
  return codeMadeHere(folder, [files, exclude], (output) => {
    const filter = (path: string) => !exclude.includes(relative(folder, path));
    cpSync(folder, output, { recursive: true, filter });
    writeFiles(files, output);
  });
}

/** A bundle that is made at each synthesis. */
export function bundledCode(
  entryPoints: EntryPoints,
  files: FilesBeside = {},
  settings: BuildOptions = BUNDLING,
): AssetCode {
  return codeMadeHere(inProject('functions'), [entryPoints, files, settings], (output) => {
    bundle(entryPoints, output, settings);
    writeFiles(files, output);
  });
}

function writeFiles(files: FilesBeside, output: string): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(output, name), text);
}

/**
 * An asset that Node makes on this machine, whichever system that runs: no shell is asked.
 *
 * @param identity what tells it from others of this source.
 */
function codeMadeHere(
  source: string,
  identity: readonly unknown[],
  make: (output: string) => void,
): AssetCode {
  const tryBundle = (output: string): boolean => {
    make(output);
    return true;
  };
  // No container is ever started. The CDK takes two assets with one command for the same.
  const image = DockerImage.fromRegistry('scratch');
  const bundling = { image, command: [JSON.stringify(identity)], local: { tryBundle } };
  return Code.fromAsset(source, { bundling, assetHashType: AssetHashType.OUTPUT });
}
