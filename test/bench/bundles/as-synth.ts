import type { BuildOptions, Metafile } from 'esbuild';
import { BUNDLING, bundle } from '../../../infra/bundling/bundling.ts';

/** A bundle and what is in it. */
export interface MadeBundle {
  readonly code: string;
  readonly metafile: Metafile;
}

/**
 * Bundles a file as `cdk synth` does, and also says what went in.
 *
 * @param settings those of the functions, unless told otherwise.
 */
export function bundleAsSynth(entry: string, settings: BuildOptions = BUNDLING): MadeBundle {
  const { outputFiles = [], metafile } = bundle({ index: entry }, '.', {
    ...settings,
    write: false,
    metafile: true,
  });
  return { code: outputFiles[0]?.text ?? '', metafile: metafile ?? { inputs: {}, outputs: {} } };
}
