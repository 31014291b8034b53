import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { AkeneoAppActivation } from '../../infra/akeneo-app-activation.ts';
import { ConnectionsForBackEnds } from '../../infra/connections-for-back-ends.ts';
import { resourcesOf, testApp, theResource } from './support/synthesis.ts';

const IMPORTED = {
  connectionsTableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/Connections',
  tokenKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/key-id',
};
const BOUND = {
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['pim', 'clientId'] },
  Null: { 'kms:EncryptionContext:pim': 'false', 'kms:EncryptionContext:clientId': 'false' },
};
const GET = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: IMPORTED.connectionsTableArn };
const DECRYPT = {
  Effect: 'Allow',
  Action: 'kms:Decrypt',
  Resource: IMPORTED.tokenKeyArn,
  Condition: BOUND,
};

function backEnd(stack: Stack): LambdaFunction {
  const code = Code.fromInline('exports.handler = async () => {}');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  return new LambdaFunction(stack, 'Worker', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code,
    role,
  });
}

/** The statements that a back end gets, and the variables that it finds. */
function granted(grant: (connections: ConnectionsForBackEnds, worker: LambdaFunction) => void) {
  const stack = new Stack(testApp(), 'BackEnd');
  grant(ConnectionsForBackEnds.fromAttributes(stack, 'Connections', IMPORTED), backEnd(stack));
  const template = Template.fromStack(stack);
  const policy = theOnly(template, 'AWS::IAM::Policy') as PolicyProperties;
  const worker = theOnly(template, 'AWS::Lambda::Function') as FunctionProperties;
  return { statements: policy.PolicyDocument.Statement, variables: worker.Environment.Variables };
}

interface PolicyProperties {
  readonly PolicyDocument: { readonly Statement: readonly unknown[] };
}

interface FunctionProperties {
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

function theOnly(template: Template, type: string): unknown {
  const [found, ...others] = resourcesOf(template, type);
  expect(others).toEqual([]);
  return found?.Properties;
}

describe('grantRead', () => {
  it('gives exactly GetItem and a Decrypt that is bound to a connection', () => {
    const { statements } = granted((connections, worker) => connections.grantRead(worker));
    expect(statements).toEqual([GET, DECRYPT]);
  });

  it('adds Query on the table and on the index without tokens where connections are listed', () => {
    const { statements } = granted((connections, worker) =>
      connections.grantRead(worker, { list: true }),
    );
    const table = IMPORTED.connectionsTableArn;
    const query = {
      Effect: 'Allow',
      Action: 'dynamodb:Query',
      Resource: [table, `${table}/index/ByStatus`],
    };
    expect(statements).toEqual([GET, query, DECRYPT]);
  });

  it('binds the right to decrypt to the client id of an App that has one for all PIMs', () => {
    const { statements, variables } = granted((connections, worker) =>
      connections.grantRead(worker, { clientId: 'my-client' }),
    );
    const StringEquals = { 'kms:EncryptionContext:clientId': 'my-client' };
    expect(statements).toEqual([GET, { ...DECRYPT, Condition: { ...BOUND, StringEquals } }]);
    expect(variables['AKENEO_APP_CLIENT_ID']).toBe('my-client');
  });

  it('sets the environment that the reader reads', () => {
    const { variables } = granted((connections, worker) => connections.grantRead(worker));
    expect(variables).toEqual({
      AKENEO_APP_CONNECTIONS_TABLE: IMPORTED.connectionsTableArn,
      AKENEO_APP_TOKEN_KEY_ID: IMPORTED.tokenKeyArn,
    });
  });
});

describe('grantMarkDisconnected', () => {
  it('gives an update of the mark alone, which returns nothing', () => {
    const { statements, variables } = granted((connections, worker) =>
      connections.grantMarkDisconnected(worker),
    );
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: 'dynamodb:UpdateItem',
        Resource: IMPORTED.connectionsTableArn,
        Condition: {
          'ForAllValues:StringEquals': {
            'dynamodb:Attributes': ['pim', 'clientId', 'status', 'statusAt', 'tokenFingerprint'],
          },
          Null: { 'dynamodb:Attributes': 'false' },
          StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
        },
      },
    ]);
    expect(variables).toEqual({ AKENEO_APP_MAY_MARK_CONNECTIONS: 'true' });
  });
});

describe('the stack of an activation', () => {
  it('grants its own back ends by the same rights', () => {
    const stack = new Stack(testApp(), 'All');
    const activation = new AkeneoAppActivation(stack, 'Activation');
    activation.grantRead(backEnd(stack));
    const policy = theResource(
      Template.fromStack(stack),
      'AWS::IAM::Policy',
      'All/Role/DefaultPolicy',
    );
    const { Statement } = policy.Properties['PolicyDocument'] as {
      Statement: { Action: string }[];
    };
    expect(Statement.map(({ Action }) => Action)).toEqual(['dynamodb:GetItem', 'kms:Decrypt']);
  });
});
