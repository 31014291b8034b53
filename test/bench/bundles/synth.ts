import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

interface LambdaFunction {
  readonly Type: string;
  readonly Metadata?: Readonly<Record<string, string>>;
}

/** Finds the file that Lambda loads for the function at a place of the stack, such as `Activate/Function`. */
export type BundleOf = (place: string) => string;

/**
 * Runs `cdk synth` as an operator does and finds the bundles through the template, as the deployment does.
 *
 * @param app the command of a CDK application, run in the project's folder.
 * @param outdir where the assembly goes.
 * @param context settings, each as `-c` takes it.
 */
export async function synthesize(
  app: string,
  outdir: string,
  context: readonly string[] = [],
): Promise<BundleOf> {
  const cdk = join(PROJECT, 'node_modules/.bin/cdk');
  const args = ['synth', '--quiet', '--no-notices', '--app', app, '--output', outdir];
  const settings = context.flatMap((setting) => ['-c', setting]);
  const PATH = `${join(PROJECT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
  await promisify(execFile)(cdk, [...args, ...settings], {
    cwd: PROJECT,
    env: { ...process.env, PATH },
  });
  const functions = readdirSync(outdir)
    .filter((name) => name.endsWith('.template.json'))
    .flatMap((name) => functionsOf(join(outdir, name)));
  return (place) => {
    const found = functions.find(({ path }) => path.includes(`/${place}/`));
    if (!found) throw new Error(`No template has a function at ${place}.`);
    return loadedFile(join(outdir, found.asset));
  };
}

function functionsOf(template: string): { path: string; asset: string }[] {
  const { Resources } = JSON.parse(readFileSync(template, 'utf8')) as {
    Resources: Record<string, LambdaFunction>;
  };
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Metadata = {} }) => ({
      path: Metadata['aws:cdk:path'] ?? '',
      asset: Metadata['aws:asset:path'] ?? '',
    }));
}

function loadedFile(asset: string): string {
  const file = ['index.mjs', 'index.js']
    .map((name) => join(asset, name))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`${asset} holds no bundle.`);
  return file;
}
