import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { HandlerFunction } from '../compute/handler-function.ts';
import { AkeneoAppActivationStack } from '../stack.ts';

/** Copies the functions' bundles, exactly as `cdk synth` makes them, into a folder: `<folder>/<handler>`. */
export function writeBundles(folder: string): void {
  const outdir = mkdtempSync(join(tmpdir(), 'prebuild-'));
  try {
    for (const { handler, bundle } of synthesizedBundles(outdir))
      cpSync(bundle, join(folder, handler), { recursive: true });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function synthesizedBundles(outdir: string) {
  const app = new App({
    outdir,
    context: { ...contextOfProject(), 'aws:cdk:enable-asset-metadata': true },
  });
  // With every function that a stack may have.
  const props = { stage: 'development', simulatedPim: true, identity: true } as const;
  const stack = new AkeneoAppActivationStack(app, 'Prebuild', props);
  app.synth();
  const handlers = stack.node.findAll().filter((node) => node instanceof HandlerFunction);
  return handlers.map(({ handler, function: { node } }) => {
    const resource = node.defaultChild as CfnFunction;
    return { handler, bundle: join(outdir, resource.getMetadata('aws:asset:path') as string) };
  });
}

function contextOfProject(): Record<string, unknown> {
  const file = readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { context: Record<string, unknown> }).context;
}
