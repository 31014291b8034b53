import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
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
export async function makeVariants(folder: string, services: string): Promise<Variant[]> {
  const work = endpointWork(services);
  const made = ENDPOINTS.flatMap((endpoint) =>
    TECHNIQUES.map(async (technique) => ({
      ...work[endpoint],
      id: variantId(technique, endpoint),
      label: `${endpoint} without ${technique.label}`,
      bundle: await makeBundle(technique, endpoint, folder),
    })),
  );
  return Promise.all(made);
}

async function makeBundle(technique: Technique, endpoint: Endpoint, folder: string) {
  const entry = new URL(`../../../functions/handlers/${endpoint}.ts`, import.meta.url);
  const { code } = await bundleAsSynth(fileURLToPath(entry), technique.bundling);
  const home = join(folder, variantId(technique, endpoint));
  const isEsm = technique.bundling.format === OutputFormat.ESM;
  const file = join(home, isEsm ? 'index.mjs' : 'index.js');
  mkdirSync(home);
  writeFileSync(file, code);
  return file;
}
