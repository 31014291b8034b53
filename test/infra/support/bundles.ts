import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AkeneoAppActivationStack } from '../../../infra/stack.ts';
import { testApp } from './synthesis.ts';

/** The file that Lambda loads, by endpoint. */
export type Bundles = Readonly<Record<'activate' | 'callback', string>>;

interface AssetManifest {
  readonly files: Readonly<Record<string, { displayName: string; source: { path: string } }>>;
}

/** The functions as `cdk synth` bundles them. */
export function makeBundles(): Bundles {
  const app = testApp({ 'aws:cdk:bundling-stacks': ['**'] });
  const stack = new AkeneoAppActivationStack(app, 'Bundled');
  const outdir = app.synth().directory;
  const manifest = readFileSync(join(outdir, `${stack.artifactId}.assets.json`), 'utf8');
  const { files } = JSON.parse(manifest) as AssetManifest;
  const fileOf = (name: string) => {
    const asset = Object.values(files).find(({ displayName }) => displayName.includes(name));
    if (!asset) throw new Error(`No asset is named ${name}.`);
    return join(outdir, asset.source.path, 'index.mjs');
  };
  return { activate: fileOf('Activate/'), callback: fileOf('Callback/') };
}
