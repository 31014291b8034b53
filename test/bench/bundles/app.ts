/**
 * A CDK application with everything that our functions are compared with, so that `cdk synth` builds it
 * exactly as it builds them.
 */
import { fileURLToPath } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { BUNDLING } from '../../../infra/bundling/bundling.ts';

/** `NodejsFunction` as it comes; only the SDK is put into the bundle, as ours is. */
const PLAIN: BundlingOptions = { bundleAwsSDK: true };

/** Our own settings, with clients that sign by hand in the place of the SDK's. */
const FLOOR: BundlingOptions = {
  ...BUNDLING,
  esbuildArgs: { ...BUNDLING.esbuildArgs, '--alias': [...ourAliases(), ...handSigned()] },
};

const FUNCTIONS: Readonly<Record<string, readonly [entry: string, bundling: BundlingOptions]>> = {
  Empty: ['test/bench/floor/empty.ts', BUNDLING],
  FloorActivate: ['functions/handlers/activate.ts', FLOOR],
  FloorCallback: ['functions/handlers/callback.ts', FLOOR],
  PlainActivate: ['functions/handlers/activate.ts', PLAIN],
  PlainCallback: ['functions/handlers/callback.ts', PLAIN],
  SdkCalls: ['test/bench/warm/sdk-calls.ts', BUNDLING],
  Grant: ['test/bench/peers/grant.mjs', PLAIN],
  Shopify: ['test/bench/peers/shopify.mjs', PLAIN],
  AkeneoSample: ['test/bench/peers/akeneo-sample.mjs', PLAIN],
};

function ourAliases(): string[] {
  const aliases: unknown = BUNDLING.esbuildArgs?.['--alias'];
  return Array.isArray(aliases) ? aliases.map(String) : [];
}

function handSigned(): string[] {
  return ['dynamodb', 'kms'].map(
    (service) => `@aws-sdk/client-${service}=${inProject(`test/bench/floor/${service}.ts`)}`,
  );
}

function inProject(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}

const stack = new Stack(new App(), 'Bench');

/** What `cdk synth` bundles. */
export const functions = Object.entries(FUNCTIONS).map(
  ([id, [entry, bundling]]) =>
    new NodejsFunction(stack, id, {
      entry: inProject(entry),
      projectRoot: inProject(''),
      depsLockFilePath: inProject('package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      bundling,
    }),
);
