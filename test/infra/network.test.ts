import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, it } from 'vitest';
import { AkeneoAppActivation, AkeneoAppActivationStack } from '../../infra/index.ts';
import { vpcSettingsProblems } from '../../infra/network.ts';
import { isAllowed } from './support/policy-evaluator.ts';
import { resolver } from './support/resolve.ts';
import { ENDPOINTS, rightsOf, statementsOf } from './support/role-statements.ts';
import { findingsOf } from './support/security-findings.ts';
import { resourcesOf, synthesize, testApp, theResource } from './support/synthesis.ts';

const IDS = {
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  securityGroupIds: ['sg-0123456789abcdef0'],
};
const INTERFACES = [
  'AssignPrivateIpAddresses',
  'CreateNetworkInterface',
  'DeleteNetworkInterface',
  'DescribeNetworkInterfaces',
  'DescribeSubnets',
  'UnassignPrivateIpAddresses',
];
const template = synthesize({ vpc: IDS });

/** A stack of somebody else that has a VPC. */
function stackWithVpc() {
  const stack = new Stack(testApp(), 'Theirs');
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: IDS.vpcId,
    availabilityZones: ['a', 'b'],
    privateSubnetIds: IDS.subnetIds,
    privateSubnetRouteTableIds: ['rtb-0', 'rtb-1'],
    isolatedSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
    isolatedSubnetRouteTableIds: ['rtb-2', 'rtb-3'],
  });
  return { stack, vpc };
}

function networkOf(of: Template, name: string): unknown {
  const { Properties } = theResource(of, 'AWS::Lambda::Function', `${name}/Function`);
  return resolver(of)(Properties['VpcConfig']);
}

describe('a VPC', () => {
  it('has the functions that ask PIMs in it, and no others', () => {
    const inside = { SubnetIds: IDS.subnetIds, SecurityGroupIds: IDS.securityGroupIds };
    expect(ENDPOINTS.map((name) => networkOf(template, name))).toEqual([
      undefined,
      inside,
      inside,
      undefined,
    ]);
    expect(ENDPOINTS.map((name) => networkOf(synthesize(), name))).toEqual(
      ENDPOINTS.map(() => undefined),
    );
  });

  it('has them in its private subnets, behind a group that lets nothing in', () => {
    const { stack, vpc } = stackWithVpc();
    const { callback } = new AkeneoAppActivation(stack, 'Activation', { vpc });
    const of = Template.fromStack(stack);
    expect(networkOf(of, 'Callback')).toMatchObject({ SubnetIds: IDS.subnetIds });
    expect(callback.function.connections.securityGroups).toHaveLength(1);
    const groups = resourcesOf(of, 'AWS::EC2::SecurityGroup');
    expect(groups).toHaveLength(2);
    for (const { Properties } of groups) {
      expect(Properties).not.toHaveProperty('SecurityGroupIngress');
      expect(Properties).toMatchObject({ VpcId: IDS.vpcId });
    }
  });

  it('has them in other subnets and groups that are given', () => {
    const { stack, vpc } = stackWithVpc();
    const group = new SecurityGroup(stack, 'Group', { vpc });
    const activation = new AkeneoAppActivation(stack, 'Activation', {
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: [group],
    });
    expect(networkOf(Template.fromStack(stack), 'Health')).toEqual({
      SubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
      SecurityGroupIds: [expect.stringContaining('Group.GroupId')],
    });
    expect(activation.health?.function.connections.securityGroups).toEqual([group]);
  });
});

describe('the role of a function in a VPC', () => {
  it.each(ENDPOINTS)('%s gains the network interfaces if it is there, and nothing else', (name) => {
    const before = rightsOf(synthesize(), name);
    const added = rightsOf(template, name).filter((right) => !before.includes(right));
    const isInside = name === 'Callback' || name === 'Health';
    expect(added.sort()).toEqual(
      (isInside ? INTERFACES : []).map(
        (action) => `Allow | ec2:${action} | * | Null lambda:SourceFunctionArn = true`,
      ),
    );
  });

  it.each(INTERFACES)('lets Lambda use %s, but not the function’s own code', (action) => {
    const statements = statementsOf(template, 'Callback');
    const request = { action: `ec2:${action}`, resource: '*' };
    const ofCode = { 'lambda:SourceFunctionArn': 'arn:aws:lambda:eu-west-1:1:function:callback' };
    expect(isAllowed(statements, request)).toBe(true);
    expect(isAllowed(statements, { ...request, context: ofCode })).toBe(false);
  });

  it('is explained to the AwsSolutions rules, with traces and without', () => {
    for (const tracing of [true, false]) {
      const app = testApp();
      const stack = new AkeneoAppActivationStack(app, 'Test', { vpc: IDS, tracing });
      expect(stack.activation.health).toBeDefined();
      expect(findingsOf(app)).toBe('nothing');
    }
  });
});

describe('the ids of a VPC', () => {
  it('need no account, no look-up and no warning', () => {
    const stack = new AkeneoAppActivationStack(testApp(), 'Test', { vpc: IDS });
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
    expect(stack.activation.stage).toBe('production');
    expect(warnings).toEqual([]);
  });

  it.each([
    [{ subnetIds: IDS.subnetIds }, 'without vpcId'],
    [{ vpcId: IDS.vpcId }, 'without subnetIds'],
    [{ ...IDS, vpcId: 'my-vpc' }, 'vpcId has "my-vpc"'],
    [{ ...IDS, subnetIds: ['vpc-0123456789abcdef0'] }, 'subnetIds has "vpc-0123456789abcdef0"'],
    [{ ...IDS, securityGroupIds: [''] }, 'securityGroupIds has ""'],
  ])('are refused: %j', (vpc, what) => {
    expect(vpcSettingsProblems(vpc).map((problem) => problem.what)).toEqual([
      expect.stringContaining(what),
    ]);
  });
});

describe('subnets and groups', () => {
  it('are refused without a VPC, whose they would be', () => {
    const { stack } = stackWithVpc();
    const props = { vpcSubnets: {}, securityGroups: [] };
    expect(() => new AkeneoAppActivation(stack, 'Activation', props)).toThrow(
      /vpcSubnets is given without vpc\.(.|\n)*securityGroups is given without vpc\./,
    );
  });
});
