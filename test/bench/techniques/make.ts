import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleAsSynth } from '../bundles/as-synth.ts';
import type { Variant } from '../variants.ts';
import { endpointWork } from '../work.ts';
import { TECHNIQUES, type Technique } from './techniques.ts';

/** The endpoints that techniques are measured with. */
export const ENDPOINTS = ['activate', 'callback'] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** Names what is measured: a technique that is left out of an endpoint. */
export function variantId({ id }: Technique, endpoint: Endpoint): string {
  return `${endpoint}-${id}`;
}

/**
 * Bundles either endpoint once for each technique, without it.
 *
 * @param folder for the bundles; outside of the project, whose package.json would change how they load.
 * @param services where AWS and the PIM answer.
 */
export function makeVariants(folder: string, services: string): Variant[] {
  const work = endpointWork(services);
  const made = ENDPOINTS.flatMap((endpoint) =>
    TECHNIQUES.map((technique) => ({
      ...work[endpoint],
      id: variantId(technique, endpoint),
      label: `${endpoint} without ${technique.label}`,
      bundle: makeBundle(technique, endpoint, folder),
    })),
  );
  return made;
}

function makeBundle(technique: Technique, endpoint: Endpoint, folder: string): string {
  const entry = new URL(`../../../functions/handlers/${endpoint}.ts`, import.meta.url);
  const { code } = bundleAsSynth(fileURLToPath(entry), technique.bundling);
  const home = join(folder, variantId(technique, endpoint));
  const isEsm = technique.bundling.format === 'esm';
  const file = join(home, isEsm ? 'index.mjs' : 'index.js');
  mkdirSync(home);
  writeFileSync(file, code);
  return file;
}
