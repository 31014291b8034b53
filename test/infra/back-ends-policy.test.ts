import { describe, expect, it } from 'vitest';
import { resolver } from './support/resolve.ts';
import {
  OF_A_CONNECTION,
  type PolicyProperties,
  rightsIn,
  statement,
} from './support/role-statements.ts';
import { synthesize, theResource } from './support/synthesis.ts';

const template = synthesize();

describe('the policy for back ends that CDK does not make', () => {
  const resource = theResource(template, 'AWS::IAM::ManagedPolicy', 'Outputs/ReadConnections');
  const policy = resolver(template)(resource.Properties);

  it('holds exactly these rights', () => {
    const { PolicyDocument } = policy as PolicyProperties;
    expect(rightsIn(PolicyDocument.Statement.map(statement))).toEqual([
      'Allow | dynamodb:GetItem | Connections/Table.Arn',
      'Allow | dynamodb:Query | Connections/Table.Arn',
      'Allow | dynamodb:Query | Connections/Table.Arn/index/ByStatus',
      `Allow | kms:Decrypt | TokenKey/Key.Arn | ${OF_A_CONNECTION}`,
    ]);
  });

  it('is held by nobody yet', () => {
    expect(Object.keys(policy as object)).toEqual(['Description', 'Path', 'PolicyDocument']);
  });
});
