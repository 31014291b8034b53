import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import type { BackEnd } from '../../infra/connections-for-back-ends.ts';
import { ConnectionsForBackEnds } from '../../infra/connections-for-back-ends.ts';
import { testApp } from './support/synthesis.ts';

const IMPORTED = {
  connectionsTableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/Connections',
  tokenKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/key-id',
};

/** Grants a back end everything; tells whether that came about, and what CDK warns of. */
function grantAll(makeBackEnd: (stack: Stack) => BackEnd) {
  const stack = new Stack(testApp(), 'BackEnd');
  const connections = ConnectionsForBackEnds.fromAttributes(stack, 'Connections', IMPORTED);
  const backEnd = makeBackEnd(stack);
  const read = connections.grantRead(backEnd, { list: true, clientId: 'c' });
  const mark = connections.grantMarkDisconnected(backEnd);
  return { success: [read.success, mark.success], warnings: warningsIn(stack) };
}

/** What a synthesis would print, without one. */
function warningsIn(stack: Stack): string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === 'aws:cdk:warning')
    .map(({ data }) => String(data));
}

function worker(stack: Stack): LambdaFunction {
  const code = Code.fromInline('exports.handler = async () => {}');
  const options = { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code };
  return new LambdaFunction(stack, 'Worker', options);
}

function role(stack: Stack): Role {
  return new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
}

const ALL_VARIABLES = [
  'AKENEO_APP_CONNECTIONS_TABLE, AKENEO_APP_TOKEN_KEY_ID, AKENEO_APP_CLIENT_ID',
  'AKENEO_APP_MAY_MARK_CONNECTIONS',
];

describe('a grant', () => {
  it('tells of every right that it gave', () => {
    const stack = new Stack(testApp(), 'BackEnd');
    const connections = ConnectionsForBackEnds.fromAttributes(stack, 'Connections', IMPORTED);
    const { principalStatements } = connections.grantRead(role(stack), { list: true });
    expect(principalStatements.flatMap(({ actions }) => actions)).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
      'kms:Decrypt',
    ]);
  });

  it.each([
    ['a function', worker],
    ['a role', role],
  ])('to %s comes about, without a warning', (_, makeBackEnd) => {
    expect(grantAll(makeBackEnd)).toEqual({ success: [true, true], warnings: [] });
  });

  it('that CDK cannot give warns of it by the actions, and says so', () => {
    const { success, warnings } = grantAll(() => new ServicePrincipal('lambda.amazonaws.com'));
    expect(success).toEqual([false, false]);
    expect(warnings).toEqual([
      expect.stringContaining('dynamodb:GetItem, dynamodb:Query, kms:Decrypt could not be granted'),
      expect.stringContaining('dynamodb:UpdateItem could not be granted'),
    ]);
  });

  it.each([
    ['an alias', (stack: Stack) => worker(stack).addAlias('live')],
    ['a version', (stack: Stack) => worker(stack).currentVersion],
    [
      'an imported function',
      (stack: Stack) =>
        LambdaFunction.fromFunctionAttributes(stack, 'Elsewhere', {
          functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:elsewhere',
          role: role(stack),
        }),
    ],
  ])('to %s comes about, and warns of each variable to set by hand', (_, makeBackEnd) => {
    const { success, warnings } = grantAll(makeBackEnd);
    expect(success).toEqual([true, true]);
    expect(warnings).toEqual(
      ALL_VARIABLES.map((names): unknown => expect.stringContaining(`Set ${names} where`)),
    );
  });
});
