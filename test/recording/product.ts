import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { maskEach } from './mask.ts';
import type { TableDefinition } from './tables.ts';

/** Where `package.json` is. */
export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** A function as the stack deploys it. */
export interface LambdaFunction {
  /** The file that Lambda loads. */
  readonly bundle: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** What the stack deploys, as far as it can be run here. */
export interface Product {
  readonly functions: Readonly<
    Record<'activate' | 'callback' | 'health' | 'events', LambdaFunction>
  >;
  readonly tables: readonly TableDefinition[];
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, string>>;
}

/** A command that has ended. */
export interface Finished {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const HASH = /[0-9a-f]{64}/g;

/** The environment of a command: nothing of this machine but where programs are. */
export function commandEnvironment(): NodeJS.ProcessEnv {
  const PATH = `${join(PROJECT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
  return { PATH, HOME: '/nonexistent', NO_COLOR: '1', TZ: 'UTC', LANG: 'C.UTF-8' };
}

/** Runs a script of `package.json`, whatever file it names, with further arguments. */
export async function runScript(name: string, args: readonly string[]): Promise<Finished> {
  return runCommand('sh', ['-c', `${scriptOf(name)} "$@"`, name, ...args]);
}

/** @throws {Error} when `package.json` has no such script. */
export function scriptOf(name: string): string {
  const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const script = scripts[name];
  if (script === undefined) throw new Error(`package.json has no script ${name}.`);
  return script;
}

/** Lets `cdk synth` make an assembly, under the context of a command line. */
export function synthesize(outdir: string, context: readonly string[]): Promise<Finished> {
  const options = context.flatMap((setting) => ['-c', setting]);
  return runCommand('cdk', ['synth', '--quiet', '--no-notices', '--output', outdir, ...options]);
}

/** The template of an assembly as sorted JSON, with numbers in the place of the assets' hashes. */
export function templateText(outdir: string): string {
  const template = JSON.stringify(sorted(templateIn(outdir)), undefined, 2);
  return `${maskEach(template, HASH, 'asset')}\n`;
}

/** The functions and tables of an assembly. */
export function productIn(outdir: string): Product {
  const resources = Object.entries(templateIn(outdir).Resources);
  const functionAt = (place: string): LambdaFunction => {
    const isThere = ({ Metadata = {} }: Resource) => pathOf(Metadata).includes(`/${place}/`);
    const found = resources.find(([, one]) => one.Type === 'AWS::Lambda::Function' && isThere(one));
    if (!found) throw new Error(`The template has no function at ${place}.`);
    return lambdaFunction(found[1], outdir);
  };
  return {
    functions: {
      activate: functionAt('Activate'),
      callback: functionAt('Callback'),
      health: functionAt('Health'),
      events: functionAt('Events'),
    },
    tables: resources
      .filter(([, { Type }]) => Type.startsWith('AWS::DynamoDB::'))
      .map(([id, { Properties }]) => tableDefinition(id, Properties)),
  };
}

/** Bytes of each bundle of an assembly. */
export function sizesIn(outdir: string): Readonly<Record<string, number>> {
  const entries = Object.entries(productIn(outdir).functions);
  return Object.fromEntries(entries.map(([name, { bundle }]) => [name, statSync(bundle).size]));
}

async function runCommand(command: string, args: readonly string[]): Promise<Finished> {
  const child = spawn(command, args, {
    cwd: PROJECT,
    env: commandEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [exit, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { exit, stdout, stderr };
}

function templateIn(outdir: string): { readonly Resources: Readonly<Record<string, Resource>> } {
  const file = readdirSync(outdir).find((name) => name.endsWith('.template.json'));
  if (file === undefined) throw new Error(`${outdir} holds no template.`);
  return JSON.parse(readFileSync(join(outdir, file), 'utf8')) as ReturnType<typeof templateIn>;
}

function pathOf(metadata: Readonly<Record<string, string>>): string {
  return metadata['aws:cdk:path'] ?? '';
}

function lambdaFunction({ Properties, Metadata = {} }: Resource, outdir: string): LambdaFunction {
  const { Variables = {} } = (Properties['Environment'] ?? {}) as { readonly Variables?: object };
  const folder = join(outdir, Metadata['aws:asset:path'] ?? '');
  const module = String(Properties['Handler']).split('.')[0] ?? '';
  const bundle = ['mjs', 'js', 'cjs']
    .map((end) => join(folder, `${module}.${end}`))
    .find(existsSync);
  if (bundle === undefined) throw new Error(`${folder} holds no ${module}.`);
  return {
    bundle,
    variables: Object.fromEntries(
      Object.entries(Variables).map(([name, value]) => [name, resolved(value)]),
    ),
    timeoutMs: Number(Properties['Timeout']) * 1000,
  };
}

/** A reference becomes the name of what it refers to. */
function resolved(value: unknown): string {
  if (typeof value === 'string') return value;
  const [name, argument] = Object.entries(value as Readonly<Record<string, unknown>>)[0] ?? [];
  if (name === 'Ref') return String(argument);
  if (name === 'Fn::GetAtt') return (argument as readonly string[]).join('.');
  const [delimiter, parts] = argument as [string, readonly unknown[]];
  if (name === 'Fn::Join') return parts.map(resolved).join(delimiter);
  throw new Error(`The recording does not know ${name}.`);
}

/** For `CreateTable`, under the name that {@link resolved} gives it. */
function tableDefinition(TableName: string, properties: Resource['Properties']): TableDefinition {
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = properties;
  const BillingMode = 'PAY_PER_REQUEST';
  return { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode };
}

function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sorted) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner as unknown)])) as T;
}
