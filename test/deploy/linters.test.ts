import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { Firewall } from '../../docs/examples/firewall.ts';
import { explainedRules } from '../../docs/linters.ts';
import { runCommand } from '../support/run-command.ts';
import { Cdk, type Context, STACKS, WITH_SIMULATED_PIM } from './support/cdk.ts';
import { emulatorEnvironment } from './support/environment.ts';
import { policyOf, type Template } from './support/policies.ts';
import { CACHE } from './support/project.ts';
import { pythonTool } from './support/python-tools.ts';

/** W3005, a `DependsOn` that a reference implies anyway: the CDK writes it, and it changes nothing. */
const IGNORED = ['W3005'];

/** A synthesis talks to nobody, so nobody has to listen. */
const env = emulatorEnvironment('http://localhost:1');

const folder = join(CACHE, 'deploy', 'linters');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

async function synthesize(name: string, stack: string, context: Context): Promise<string> {
  const cdk = new Cdk({ env, context, folder: join(folder, name) });
  return join(await cdk.synthesize(), `${stack}.template.json`);
}

function lint(template: string) {
  const args = ['--regions', 'ALL_REGIONS', '--ignore-checks', ...IGNORED, '--template', template];
  return runCommand(pythonTool('cfn-lint'), args);
}

interface Finding {
  readonly issue: string;
  readonly detail: unknown;
}

/** What the linter says of a policy, one line of JSON each. */
async function parliament(policy: object): Promise<readonly Finding[]> {
  const args = ['--json', '--string', JSON.stringify(policy)];
  const { stdout } = await runCommand(pythonTool('parliament'), args);
  const findings = stdout.split('\n').filter((line) => line !== '');
  return findings.map((line) => JSON.parse(line) as Finding);
}

interface Report {
  readonly results: {
    readonly failed_checks: readonly { readonly check_id: string }[];
  };
}

/** The rules of checkov that a template breaks. What it would fetch about them is for reports that nobody reads here. */
async function brokenRules(template: string): Promise<ReadonlySet<string>> {
  const framework = ['--framework', 'cloudformation', '--skip-download', '--output', 'json'];
  const { stdout } = await runCommand(pythonTool('checkov'), [...framework, '--file', template]);
  const { results } = JSON.parse(stdout) as Report;
  return new Set(results.failed_checks.map(({ check_id }) => check_id));
}

/**
 * IAM documents no resource for this action, but Lambda asks for it on the stream that it is to read.
 *
 * @see {@link https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html DynamoDBStreamReadPolicy}, which grants it in the same way
 */
const LIST_STREAMS: unknown = expect.objectContaining({
  issue: 'RESOURCE_MISMATCH',
  detail: [{ action: 'dynamodb:ListStreams', required_format: '*' }],
});

/**
 * The network interfaces of a function in a VPC have no name yet when Lambda asks for these rights, which a condition
 * keeps from the function's own code.
 */
const INTERFACES: unknown = expect.objectContaining({
  issue: 'RESOURCE_STAR',
  detail: [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:UnassignPrivateIpAddresses',
  ],
});

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
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
  securityGroupIds: 'sg-0123456789abcdef0',
};

/** The API of the simulated PIM has no access log: nobody but `smoke` asks it, and it holds nothing. */
const NO_ACCESS_LOG = 'CKV_AWS_95';

describe.each([
  ['production', STACKS.production, {}, [LIST_STREAMS]],
  // Callback and health check are in the VPC.
  [
    'production-with-everything',
    STACKS.production,
    EVERYTHING,
    [INTERFACES, INTERFACES, LIST_STREAMS],
  ],
  ['development', STACKS.development, WITH_SIMULATED_PIM, [LIST_STREAMS]],
])('in the template of %s', (name, stack, context, accepted) => {
  let template: string;
  beforeAll(async () => {
    template = await synthesize(name, stack, context);
  });

  it('cfn-lint finds nothing that any region refuses', async () => {
    const { exit, stdout } = await lint(template);
    expect(stdout).toBe('');
    expect(exit).toBe(0);
  });

  it('checkov finds nothing but what docs/linters.md explains', async () => {
    const rules = await brokenRules(template);
    const ofThePim = context === WITH_SIMULATED_PIM ? [NO_ACCESS_LOG] : [];
    const explained = [...explainedRules('checkov'), ...ofThePim];
    expect(explained).toEqual(expect.arrayContaining([...rules]));
  });

  it('parliament finds nothing in the policies of the roles and of back ends but what is accepted', async () => {
    const policy = policyOf(JSON.parse(readFileSync(template, 'utf8')) as Template);
    expect(await parliament(policy)).toEqual(accepted);
  });
});

describe('in the firewall of the documentation', () => {
  it('cfn-lint finds nothing', async () => {
    const app = new App({ outdir: join(folder, 'firewall') });
    const { stackName } = new Firewall(app, 'Firewall', {
      env: { region: 'us-east-1' },
      domainName: 'connect.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1',
      target: 'd-1.execute-api.eu-west-1.amazonaws.com',
      onlyFrom: ['203.0.113.0/24'],
      clientCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/2',
    });
    const { directory } = app.synth();
    const template = join(directory, `${stackName}.template.json`);
    const { stdout } = await runCommand(pythonTool('cfn-lint'), ['--template', template]);
    expect(stdout).toBe('');
  });
});

describe('the linters', () => {
  it('find all that docs/linters.md explains', async () => {
    const template = await synthesize('explained', STACKS.production, EVERYTHING);
    expect(await brokenRules(template)).toEqual(new Set(explainedRules('checkov')));
  });

  it('find a resource that some region does not have', async () => {
    const template = join(folder, 'regional.json');
    const Type = 'AWS::AppRunner::AutoScalingConfiguration';
    writeFileSync(template, JSON.stringify({ Resources: { Regional: { Type } } }));
    const { exit, stdout } = await lint(template);
    expect(stdout).toContain('does not exist in');
    expect(exit).not.toBe(0);
  });

  it('find an action that does not take the resource, and a key that is not the action’s', async () => {
    const statement = (Resource: string, key: string) => ({
      Effect: 'Allow',
      Action: 'dynamodb:UpdateItem',
      Resource: `arn:aws:${Resource}`,
      Condition: { StringEquals: { [key]: 'a' } },
    });
    const Statement = [
      statement('sqs:us-east-1:111122223333:queue', 'dynamodb:ReturnValues'),
      statement('dynamodb:us-east-1:111122223333:table/name', 'dynamodb:ReturnValue'),
    ];
    const findings = await parliament({ Version: '2012-10-17', Statement });
    expect(findings.map(({ issue }) => issue)).toEqual([
      'RESOURCE_MISMATCH',
      'UNKNOWN_CONDITION_FOR_ACTION',
    ]);
  });

  it('find a property that does not exist', async () => {
    const template = join(folder, 'broken.json');
    const Bucket = { Type: 'AWS::S3::Bucket', Properties: { Colour: 'green' } };
    writeFileSync(template, JSON.stringify({ Resources: { Bucket } }));
    const { exit, stdout } = await lint(template);
    expect(stdout).toContain("'Colour' was unexpected");
    expect(exit).not.toBe(0);
  });
});
