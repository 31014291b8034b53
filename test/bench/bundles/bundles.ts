import { join } from 'node:path';
import { synthesize } from './synth.ts';

/** The file that Lambda loads, by variant. */
export interface Bundles {
  readonly empty: string;
  readonly activate: string;
  readonly activateFloor: string;
  readonly activatePlain: string;
  readonly callback: string;
  readonly callbackFloor: string;
  readonly callbackPlain: string;
  readonly sdkCalls: string;
  readonly grant: string;
  readonly shopify: string;
  readonly akeneoSample: string;
}

/** Lets `cdk synth` build ours and everything it is compared with, below `folder`. */
export async function makeBundles(folder: string): Promise<Bundles> {
  const [ours, others] = await Promise.all([
    synthesize('tsx infra/app.ts', join(folder, 'ours')),
    synthesize('tsx test/bench/bundles/app.ts', join(folder, 'others')),
  ]);
  return {
    empty: others('Empty'),
    activate: ours('Activate/Function'),
    activateFloor: others('FloorActivate'),
    activatePlain: others('PlainActivate'),
    callback: ours('Callback/Function'),
    callbackFloor: others('FloorCallback'),
    callbackPlain: others('PlainCallback'),
    sdkCalls: others('SdkCalls'),
    grant: others('Grant'),
    shopify: others('Shopify'),
    akeneoSample: others('AkeneoSample'),
  };
}
