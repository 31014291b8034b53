import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';

/**
 * The bundle of a handler as it lies in the published package, or `undefined` in the project's own checkout,
 * where it is made from source at each synth.
 *
 * A CDK app that installs the package needs no bundler, and runs exactly the bytes that were tested here.
 */
export function prebuiltCode(handler: string): AssetCode | undefined {
  const folder = fileURLToPath(new URL(`../../handlers/${handler}`, import.meta.url));
  return existsSync(folder) ? Code.fromAsset(folder) : undefined;
}
