/**
 * A CDK application with everything that our functions are compared with, so that `cdk synth` builds it
 * exactly as it builds them.
 */
import { App, Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { BuildOptions } from 'esbuild';
import { BUNDLING, inProject } from '../../../infra/bundling/bundling.ts';
import { bundledCode } from '../../../infra/bundling/handler-code.ts';

/** Our own settings, with clients that sign by hand in the place of the SDK's. */
const FLOOR: BuildOptions = {
  ...BUNDLING,
  alias: {
    ...BUNDLING.alias,
    '@aws-sdk/client-dynamodb': inProject('test/bench/floor/dynamodb.ts'),
    '@aws-sdk/client-kms': inProject('test/bench/floor/kms.ts'),
  },
};

const stack = new Stack(new App(), 'Bench');
const runtime = Runtime.NODEJS_24_X;

/** Bundled as our functions are, or nearly so. */
const OURS: Readonly<Record<string, readonly [entry: string, settings: BuildOptions]>> = {
  Empty: ['test/bench/floor/empty.ts', BUNDLING],
  FloorActivate: ['functions/handlers/activate.ts', FLOOR],
  FloorCallback: ['functions/handlers/callback.ts', FLOOR],
  SdkCalls: ['test/bench/warm/sdk-calls.ts', BUNDLING],
};

/** Bundled by `NodejsFunction` as it comes; only the SDK is put into the bundle, as it is into ours. */
const PLAIN: Readonly<Record<string, string>> = {
  PlainActivate: 'functions/handlers/activate.ts',
  PlainCallback: 'functions/handlers/callback.ts',
  Grant: 'test/bench/peers/grant.mjs',
  Shopify: 'test/bench/peers/shopify.mjs',
  AkeneoSample: 'test/bench/peers/akeneo-sample.mjs',
};

for (const [id, [entry, settings]] of Object.entries(OURS))
  new NodejsFunction(stack, id, {
    code: bundledCode({ index: inProject(entry) }, {}, settings),
    handler: 'index.handler',
    runtime,
  });

for (const [id, entry] of Object.entries(PLAIN))
  new NodejsFunction(stack, id, {
    entry: inProject(entry),
    projectRoot: inProject(''),
    depsLockFilePath: inProject('package-lock.json'),
    runtime,
    bundling: { bundleAwsSDK: true },
  });
