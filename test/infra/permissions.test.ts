import { describe, expect, it } from 'vitest';
import { assertFits } from './support/condition-keys.ts';
import { resolver } from './support/resolve.ts';
import { ENDPOINTS, OF_A_CLIENT, OF_A_CONNECTION, rightsOf } from './support/role-statements.ts';
import { resourcesOf, synthesize, theResource } from './support/synthesis.ts';

const template = synthesize();
const resolve = resolver(template);

/** Each right of each role, besides its own log. */
const RIGHTS: Readonly<Record<(typeof ENDPOINTS)[number], readonly string[]>> = {
  Activate: [
    'Allow | dynamodb:BatchGetItem | Pims/Table.Arn',
    'Allow | dynamodb:PutItem | Flows/Table.Arn',
  ],
  Callback: [
    'Allow | dynamodb:UpdateItem | Flows/Table.Arn',
    'Allow | dynamodb:GetItem | Flows/Table.Arn',
    'Allow | dynamodb:PutItem | Flows/Table.Arn',
    'Allow | dynamodb:UpdateItem | Connections/Table.Arn | StringEqualsIfExists dynamodb:ReturnValues = NONE',
    'Allow | dynamodb:UpdateItem | Connections/Table.Arn | StringEquals dynamodb:ReturnValues = UPDATED_NEW | ForAllValues:StringEquals dynamodb:Attributes = pim, clientId, status, lastOpenedAt, grantedScopes, firstConnectedAt | Null dynamodb:Attributes = false',
    'Allow | dynamodb:UpdateItem | Connections/Table.Arn | StringEquals dynamodb:ReturnValues = UPDATED_NEW | ForAllValues:StringEquals dynamodb:Attributes = pim, clientId, tokenFingerprint | Null dynamodb:Attributes = false',
    'Allow | dynamodb:GetItem | ClientSecrets/Table.Arn',
    `Allow | kms:Decrypt | ClientSecrets/Key.Arn | ${OF_A_CLIENT}`,
    `Allow | kms:Encrypt | TokenKey/Key.Arn | ${OF_A_CONNECTION}`,
  ],
  Health: [
    'Allow | dynamodb:Scan | Connections/Table.Arn',
    'Allow | dynamodb:UpdateItem | Connections/Table.Arn | ForAllValues:StringEquals dynamodb:Attributes = pim, clientId, status, statusAt, tokenFingerprint, health, checkedAt, consecutiveInvalid | Null dynamodb:Attributes = false | StringEqualsIfExists dynamodb:ReturnValues = NONE',
    `Allow | kms:Decrypt | TokenKey/Key.Arn | ${OF_A_CONNECTION}`,
  ],
  Events: [
    'Allow | dynamodb:DescribeStream | Connections/Table.StreamArn',
    'Allow | dynamodb:GetRecords | Connections/Table.StreamArn',
    'Allow | dynamodb:GetShardIterator | Connections/Table.StreamArn',
    'Allow | dynamodb:ListStreams | Connections/Table.StreamArn',
    'Allow | events:PutEvents | arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:event-bus/default | ForAllValues:StringEquals events:source = akeneo-app-activation | Null events:source = false',
    'Allow | sqs:SendMessage | Events/Undelivered.Arn',
  ],
};

const TRACES = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

/** Operator and key of every condition of every policy, wherever in a template it stands. */
function conditionsIn(value: unknown): (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'Effect' in value && 'Condition' in value ? (value.Condition as object) : {};
  return [
    ...Object.entries(own).flatMap(([operator, keys]) =>
      Object.keys(keys as object).map((key) => [operator, key] as const),
    ),
    ...Object.values(value).flatMap(conditionsIn),
  ];
}

function propertiesOf(type: string, name: string): unknown {
  return resolve(theResource(template, type, name).Properties);
}

describe.each(ENDPOINTS)('the role of %s', (endpoint) => {
  it('holds exactly these rights', () => {
    const log = ['logs:CreateLogStream', 'logs:PutLogEvents'];
    expect(rightsOf(template, endpoint).sort()).toEqual(
      [
        ...log.map((action) => `Allow | ${action} | ${endpoint}/Logs.Arn`),
        ...RIGHTS[endpoint],
      ].sort(),
    );
  });

  it('gains the two rights of X-Ray on every resource by tracing, as its acknowledgement says', () => {
    const added = rightsOf(synthesize({ tracing: true }), endpoint).filter(
      (right) => !rightsOf(template, endpoint).includes(right),
    );
    expect(added.sort()).toEqual(TRACES.map((action) => `Allow | ${action} | *`));
  });

  it('can be assumed by Lambda and by nobody else', () => {
    expect(propertiesOf('AWS::IAM::Role', `${endpoint}/Role`)).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'lambda.amazonaws.com' },
          },
        ],
      },
    });
  });
});

describe('the stack', () => {
  it('has no other role and no other policy', () => {
    const names = (type: string) => resourcesOf(template, type).map(({ name }) => name);
    const owners = [...ENDPOINTS, 'KeepWarm'].sort();
    expect(names('AWS::IAM::Role').sort()).toEqual(owners.map((owner) => `${owner}/Role`));
    expect(names('AWS::IAM::Policy').sort()).toEqual(
      owners.map((owner) => `${owner}/Role/DefaultPolicy`),
    );
    expect(names('AWS::IAM::ManagedPolicy')).toEqual(['Outputs/ReadConnections']);
    const identities = /^AWS::IAM::(User|Group|RolePolicy|UserPolicy|GroupPolicy|AccessKey)$/;
    expect(resourcesOf(template).filter(({ Type }) => identities.test(Type))).toEqual([]);
  });

  it('lets each function be called by its own route or its own schedule only', () => {
    const permissions = resourcesOf(template, 'AWS::Lambda::Permission').map(
      ({ Properties }) => resolve(Properties) as Record<string, string>,
    );
    const calls = permissions.map(({ Principal, SourceArn, FunctionName }) =>
      [Principal, SourceArn, FunctionName].join(' | '),
    );
    const route = (path: string) =>
      `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:Api/HttpApi/*/*/${path}`;
    expect(calls.sort()).toEqual([
      `apigateway.amazonaws.com | ${route('activate')} | Activate/Function/Aliaslive`,
      `apigateway.amazonaws.com | ${route('activate/{rest+}')} | Activate/Function/Aliaslive`,
      `apigateway.amazonaws.com | ${route('callback')} | Callback/Function/Aliaslive`,
      `apigateway.amazonaws.com | ${route('callback/{rest+}')} | Callback/Function/Aliaslive`,
      'events.amazonaws.com | Health/Schedule.Arn | Health/Function/Aliaslive',
    ]);
  });

  it('asks each condition key by an operator for what the key holds, one value or a set', () => {
    const everything = synthesize({
      alarmEmail: 'a@example.com',
      backEndAccounts: ['111122223333'],
    });
    const conditions = conditionsIn(everything.toJSON());
    expect(conditions.map(([, key]) => key)).toContain('events:source');
    for (const [operator, key] of conditions) assertFits(operator, key);
  });

  it('opens no table and no stream by a policy of its own', () => {
    const tables = resourcesOf(template, 'AWS::DynamoDB::GlobalTable');
    expect(tables).toHaveLength(4);
    expect(JSON.stringify(tables)).not.toContain('ResourcePolicy');
  });

  it.each(['TokenKey/Key', 'ClientSecrets/Key'])(
    'lets the policy of %s name nobody but the account, which leaves it to the roles',
    (key) => {
      expect(propertiesOf('AWS::KMS::Key', key)).toMatchObject({
        KeyPolicy: {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'kms:*',
              Resource: '*',
              Principal: { AWS: 'arn:<AWS::Partition>:iam::<AWS::AccountId>:root' },
            },
          ],
        },
      });
    },
  );
});
