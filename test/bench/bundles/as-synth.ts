import type { BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import { type BuildOptions, build, type Loader, type Metafile } from 'esbuild';
import { BUNDLING } from '../../../infra/bundling/bundling.ts';

/** A bundle and what is in it. */
export interface MadeBundle {
  readonly code: string;
  readonly metafile: Metafile;
}

/**
 * Bundles a file as `cdk synth` does, and also says what went in.
 *
 * @param bundling the settings of the functions, unless told otherwise.
 */
export async function bundleAsSynth(
  entry: string,
  bundling: BundlingOptions = BUNDLING,
): Promise<MadeBundle> {
  const { outputFiles, metafile } = await build({
    ...settings(bundling),
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    outfile: 'index.js',
    write: false,
    metafile: true,
  });
  return { code: outputFiles[0]?.text ?? '', metafile };
}

function settings(bundling: BundlingOptions): BuildOptions {
  const { format, target, mainFields, minify, define, loader, esbuildArgs = {} } = bundling;
  return {
    ...(format !== undefined && { format }),
    ...(target !== undefined && { target }),
    ...(mainFields && { mainFields }),
    ...(minify !== undefined && { minify }),
    ...(define && { define }),
    // The CDK has the names of esbuild's loaders as plain text.
    ...(loader && { loader: loader as Record<string, Loader> }),
    alias: aliases(esbuildArgs['--alias']),
    supported: supported(esbuildArgs),
  };
}

/** `module=file` for each. */
function aliases(pairs: unknown): Record<string, string> {
  const texts = Array.isArray(pairs) ? pairs.map(String) : [];
  return Object.fromEntries(
    texts.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** `--supported:<feature>`: `true` or `false`. */
function supported(args: Readonly<Record<string, unknown>>): Record<string, boolean> {
  const prefix = '--supported:';
  const features = Object.entries(args).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(
    features.map(([name, value]) => [name.slice(prefix.length), String(value) === 'true']),
  );
}
