import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BUNDLING } from '../../../infra/bundling/bundling.ts';
import { bundleAsSynth } from '../../bench/bundles/as-synth.ts';

/** The SDK as the bundles have it. */
export type BundledSdk = typeof import('./sdk-entry.ts');

/** Bundles the SDK with the settings of the functions and loads the result. */
export async function loadBundledSdk(): Promise<BundledSdk> {
  const entry = fileURLToPath(new URL('./sdk-entry.ts', import.meta.url));
  const { code } = bundleAsSynth(entry);
  const folder = mkdtempSync(join(tmpdir(), 'bundled-sdk-'));
  const file = join(folder, BUNDLING.format === 'esm' ? 'sdk.mjs' : 'sdk.cjs');
  writeFileSync(file, code);
  const sdk: unknown = await import(pathToFileURL(file).href);
  rmSync(folder, { recursive: true });
  // The bundle exports what its entry exports; every test below would fail if it did not.
  return sdk as BundledSdk;
}
