import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';
import { Cdk, type Context, DEVELOPMENT, STACKS } from './support/cdk.ts';
import { emulatorEnvironment } from './support/environment.ts';
import { CACHE } from './support/project.ts';
import { pythonTool } from './support/python-tools.ts';

const REGIONS = ['us-east-1', 'eu-west-1'];

/** W3005, a `DependsOn` that a reference implies anyway: the CDK writes it, and it changes nothing. */
const IGNORED = ['W3005'];

/** A synthesis talks to nobody, so nobody has to listen. */
const env = emulatorEnvironment('http://localhost:1');

const folder = join(CACHE, 'deploy', 'cfn-lint');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

async function synthesize(name: string, stack: string, context: Context): Promise<string> {
  const cdk = new Cdk({ env, context, folder: join(folder, name) });
  return join(await cdk.synthesize(), `${stack}.template.json`);
}

function lint(template: string) {
  const args = ['--regions', ...REGIONS, '--ignore-checks', ...IGNORED, '--template', template];
  return runCommand(pythonTool('cfn-lint'), args);
}

/** All that can be chosen by context, so that every resource is in the template. */
const EVERYTHING: Context = {
  alarmEmail: 'team@example.com',
  domainName: 'connect.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1',
  hostedZoneId: 'Z1',
  hostedZoneName: 'example.com',
  backEndAccounts: '111122223333,444455556666',
  throttleRate: '100',
  throttleBurst: '200',
  memorySize: '2048',
};

describe('cfn-lint', () => {
  it.each([
    ['production', STACKS.production, {}],
    ['production-with-everything', STACKS.production, EVERYTHING],
    ['development', STACKS.development, DEVELOPMENT],
  ])('finds nothing in the template of %s', async (name, stack, context) => {
    const { exit, stdout } = await lint(await synthesize(name, stack, context));
    expect(stdout).toBe('');
    expect(exit).toBe(0);
  });

  it('finds a property that does not exist', async () => {
    const template = join(folder, 'broken.json');
    const Bucket = { Type: 'AWS::S3::Bucket', Properties: { Colour: 'green' } };
    writeFileSync(template, JSON.stringify({ Resources: { Bucket } }));
    const { exit, stdout } = await lint(template);
    expect(stdout).toContain("'Colour' was unexpected");
    expect(exit).not.toBe(0);
  });
});
