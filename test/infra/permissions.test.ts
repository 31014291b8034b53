import { describe, expect, it } from 'vitest';
import { rightsOf } from './support/role-statements.ts';
import { resourcesOf, synthesize } from './support/synthesis.ts';

const template = synthesize();

const OWN_LOG = (endpoint: string) => [
  `Allow | logs:CreateLogStream | ${endpoint}/Logs.Arn`,
  `Allow | logs:PutLogEvents | ${endpoint}/Logs.Arn`,
];
const TRACES = ['Allow | xray:PutTelemetryRecords | *', 'Allow | xray:PutTraceSegments | *'];

describe('the role of activate', () => {
  it('holds exactly these rights', () => {
    expect(rightsOf(template, 'Activate').sort()).toEqual(
      [
        ...OWN_LOG('Activate'),
        ...TRACES,
        'Allow | dynamodb:BatchGetItem | Pims/Table.Arn',
        'Allow | dynamodb:PutItem | Flows/Table.Arn',
      ].sort(),
    );
  });
});

describe('the role of callback', () => {
  it('holds exactly these rights', () => {
    expect(rightsOf(template, 'Callback').sort()).toEqual(
      [
        ...OWN_LOG('Callback'),
        ...TRACES,
        'Allow | dynamodb:UpdateItem | Flows/Table.Arn',
        'Allow | dynamodb:GetItem | Flows/Table.Arn',
        'Allow | dynamodb:PutItem | Flows/Table.Arn',
        'Allow | dynamodb:UpdateItem | Connections/Table.Arn | StringEqualsIfExists dynamodb:ReturnValues = NONE',
        'Allow | dynamodb:UpdateItem | Connections/Table.Arn | StringEquals dynamodb:ReturnValues = UPDATED_NEW | ForAllValues:StringEquals dynamodb:Attributes = pim, clientId, status, lastOpenedAt, grantedScopes',
        'Allow | secretsmanager:GetSecretValue | arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:AkeneoAppActivation/client-secrets/*',
        'Allow | kms:Encrypt | TokenKey/Key.Arn | ForAllValues:StringEquals kms:EncryptionContextKeys = pim, clientId | Null kms:EncryptionContext:pim = false | Null kms:EncryptionContext:clientId = false',
      ].sort(),
    );
  });
});

describe('the stack', () => {
  it('has no other role and no other policy', () => {
    const names = (type: string) => resourcesOf(template, type).map(({ name }) => name);
    expect(names('AWS::IAM::Role')).toEqual([
      'Activate/Role',
      'Callback/Role',
      'Health/Role',
      'Events/Role',
    ]);
    expect(names('AWS::IAM::Policy')).toEqual([
      'Activate/Role/DefaultPolicy',
      'Callback/Role/DefaultPolicy',
      'Health/Role/DefaultPolicy',
      'Events/Role/DefaultPolicy',
    ]);
    expect(names('AWS::IAM::ManagedPolicy')).toEqual(['Outputs/ReadConnections']);
  });

  it('lets the gateway call each function by its own route only', () => {
    const sources = resourcesOf(template, 'AWS::Lambda::Permission')
      .filter(({ Properties }) => Properties['Principal'] === 'apigateway.amazonaws.com')
      .map(({ Properties }) => JSON.stringify(Properties['SourceArn']));
    expect(sources).toEqual([
      expect.stringContaining('/*/*/activate'),
      expect.stringContaining('/*/*/callback'),
    ]);
  });

  it('lets the token key’s policy name nobody but the account, which leaves it to the roles', () => {
    const policies = resourcesOf(template, 'AWS::KMS::Key').map(({ Properties }) => Properties);
    expect(policies).toMatchObject([
      { KeyPolicy: { Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] } },
    ]);
    expect(JSON.stringify(policies)).toContain(':root');
  });
});
