import { Annotations, Validations } from 'aws-cdk-lib';
import {
  type ISecurityGroup,
  type IVpc,
  SecurityGroup,
  type SubnetSelection,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Grant, type Role } from 'aws-cdk-lib/aws-iam';
import type { FunctionProps } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { list, object, text } from './configuration/context-values.ts';
import { type Problem, problemIf } from './configuration/problems.ts';

/** Where the functions are that send requests to PIMs. */
export interface Network {
  readonly vpc: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly securityGroups?: readonly ISecurityGroup[];
}

/** A VPC by ids alone, as a command line can give it. Nothing is looked up, so no account has to be known. */
export interface VpcSettings {
  readonly vpcId: string;
  /** Private ones, which reach PIMs, DynamoDB and KMS. */
  readonly subnetIds: readonly string[];
  /** @default - one made for each function, which lets everything out and nothing in */
  readonly securityGroupIds?: readonly string[];
}

/** The names of the command line. One is enough: subnets without a VPC are a VPC that was forgotten. */
export const vpcFromContext = object({
  vpcId: text('vpcId'),
  subnetIds: list('subnetIds'),
  securityGroupIds: list('securityGroupIds'),
});

/** What is missing, or wrong, before the ids can stand for resources. */
export function vpcSettingsProblems(vpc: object): readonly Problem[] {
  const { vpcId, subnetIds = [], securityGroupIds = [] }: Partial<VpcSettings> = vpc;
  return [
    ...problemIf(
      !vpcId || subnetIds.length === 0,
      'A VPC is set up without vpcId or without subnetIds.',
      'Give both, such as -c vpcId=vpc-… -c subnetIds=subnet-…,subnet-…, or leave out all settings of a VPC.',
    ),
    ...idProblems('vpcId', 'vpc', vpcId ? [vpcId] : []),
    ...idProblems('subnetIds', 'subnet', subnetIds),
    ...idProblems('securityGroupIds', 'sg', securityGroupIds),
  ];
}

function idProblems(name: string, prefix: string, ids: readonly string[]): readonly Problem[] {
  const shape = new RegExp(`^${prefix}-[0-9a-f]{8,17}$`);
  return ids.flatMap((id) =>
    problemIf(
      !shape.test(id),
      `${name} has ${JSON.stringify(id)}.`,
      `Write ${prefix}- and what the console shows behind it; several are separated by commas.`,
    ),
  );
}

/** The resources that the ids stand for. */
export function importNetwork(scope: Construct, settings: VpcSettings): Network {
  const { vpcId, subnetIds, securityGroupIds } = settings;
  const vpc = Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId,
    // Neither the names of the zones nor the route tables are asked for.
    availabilityZones: [...subnetIds],
    privateSubnetIds: [...subnetIds],
  });
  Annotations.of(vpc).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId');
  const securityGroups = securityGroupIds?.map((id) =>
    SecurityGroup.fromSecurityGroupId(scope, id, id, { mutable: false }),
  );
  return { vpc, ...(securityGroups && { securityGroups }) };
}

/** What is wrong with a prop that says more about a VPC, when there is none. */
export function needsVpc(name: string, vpc: unknown): readonly Problem[] {
  return problemIf(
    vpc === undefined,
    `${name} is given without vpc.`,
    'Give the VPC, too, or leave both out.',
  );
}

/** The VPC of the functions that ask PIMs, as the CDK takes it. */
export function vpcOf({
  vpc,
  vpcSubnets,
  securityGroups,
}: Partial<Network>): Pick<FunctionProps, 'vpc' | 'vpcSubnets' | 'securityGroups'> {
  if (!vpc) return {};
  return {
    vpc,
    ...(vpcSubnets && { vpcSubnets }),
    ...(securityGroups && { securityGroups: [...securityGroups] }),
  };
}

/**
 * Lets Lambda put a function into a VPC. Lambda does it in the name of the function's role, so the condition keeps these
 * rights from the function's own code, whose requests name the function they come from.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html Permissions for a VPC, and how to keep them from code}
 */
export function grantNetworkInterfaces(role: Role): void {
  Grant.addToPrincipal({
    grantee: role,
    actions: [
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resourceArns: ['*'],
    conditions: { Null: { 'lambda:SourceFunctionArn': 'true' } },
  });
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'Lambda itself uses these rights, on network interfaces that have no name yet; a condition keeps them from the function’s code, and test/infra/network.test.ts proves it.',
  });
}
