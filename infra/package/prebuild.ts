/** Copies the functions' bundles, exactly as `cdk synth` makes them, into the package: `dist/handlers/<name>`. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { AkeneoAppActivationStack } from '../stack.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly Description?: string };
  readonly Metadata?: Readonly<Record<string, string>>;
}

const outdir = mkdtempSync(join(tmpdir(), 'prebuild-'));
const target = new URL('../../dist/handlers/', import.meta.url).pathname;

const { context } = JSON.parse(
  readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'),
) as { context: Record<string, unknown> };
const app = new App({
  outdir,
  context: {
    ...context,
    'aws:cdk:enable-asset-metadata': true,
    'aws:cdk:enable-path-metadata': true,
  },
});
const stack = new AkeneoAppActivationStack(app, 'Prebuild');
app.synth();

const template = JSON.parse(
  readFileSync(join(outdir, `${stack.artifactId}.template.json`), 'utf8'),
) as {
  Resources: Record<string, Resource>;
};
for (const { Type, Metadata = {} } of Object.values(template.Resources)) {
  const asset = Metadata['aws:asset:path'];
  const name = /\/Activation\/(\w+)\/Function\//.exec(Metadata['aws:cdk:path'] ?? '')?.[1];
  if (Type !== 'AWS::Lambda::Function' || !asset || !name) continue;
  cpSync(join(outdir, asset), join(target, name.toLowerCase()), { recursive: true });
}
rmSync(outdir, { recursive: true });
