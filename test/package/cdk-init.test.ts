import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../deploy/support/project.ts';
import { runOrThrow } from '../support/run-command.ts';
import { emptyFolder, install, library, writeFiles } from './support/packages.ts';

/** What a developer adds to a project that `cdk init` has written. */
const ADDED = {
  'lib/fresh-stack.ts': `import * as cdk from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AkeneoAppActivation } from 'akeneo-app-activation/infra';

export class FreshStack extends cdk.Stack {
  readonly activation: AkeneoAppActivation;

  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);
    this.activation = new AkeneoAppActivation(this, 'Activation');
  }
}
`,
  'lib/back-end.ts': `import { AccessToken, ConnectionError, openConnections } from 'akeneo-app-activation/reader';

export async function tokenOf(pim: string): Promise<AccessToken | undefined> {
  try {
    return (await openConnections().get(pim)).accessToken;
  } catch (error) {
    if (error instanceof ConnectionError) return undefined;
    throw error;
  }
}
`,
  'test/fresh.test.ts': `import * as cdk from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { tokenOf } from '../lib/back-end';
import { FreshStack } from '../lib/fresh-stack';

test('the activation is in the stack', () => {
  const stack = new FreshStack(new cdk.App(), 'Fresh');
  Template.fromStack(stack).resourceCountIs('AWS::ApiGatewayV2::Api', 1);
});

test('the back end loads', async () => {
  expect(await tokenOf('https://pim.example.com')).toBeUndefined();
});
`,
};

let project: string;

/** How a command of the project ends. @throws {Error} with what it said, unless it ends well. */
async function exitOf(command: string, ...args: readonly string[]): Promise<number | null> {
  return (await runOrThrow(command, args, { cwd: project })).exit;
}

describe('a project as cdk init writes it', () => {
  beforeAll(async () => {
    project = join(emptyFolder(), 'fresh');
    mkdirSync(project);
    const init = ['init', 'app', '--language', 'typescript', '--generate-only'];
    await runOrThrow(join(TOOLS, 'cdk'), init, { cwd: project });
    writeFiles(project, ADDED);
    await install(project, library(), 'typescript-5.9@npm:typescript@5.9.3');
  });

  it('passes its own npm test', async () => {
    expect(await exitOf('npm', 'test')).toBe(0);
  });

  it.each(['typescript', 'typescript-5.9'])('compiles with its options by %s', async (name) => {
    const tsc = join(project, 'node_modules', name, 'bin', 'tsc');
    expect(await exitOf(process.execPath, tsc, '--noEmit')).toBe(0);
  });

  it('compiles as ES modules, and for bundlers', async () => {
    const tsconfig = readFileSync(join(project, 'tsconfig.json'), 'utf8');
    const bundler = tsconfig
      .replace('"module": "NodeNext"', '"module": "ESNext"')
      .replace('"moduleResolution": "NodeNext"', '"moduleResolution": "bundler"');
    writeFiles(project, { 'tsconfig.bundler.json': bundler });
    const tsc = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
    expect(await exitOf(process.execPath, tsc, '-p', 'tsconfig.bundler.json')).toBe(0);
  });

  it('synthesizes', async () => {
    expect(await exitOf('npx', 'cdk', 'synth', '--quiet', '--no-notices')).toBe(0);
  });
});
