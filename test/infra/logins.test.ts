import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { AkeneoAppActivation } from '../../infra/akeneo-app-activation.ts';
import { ConnectionsForBackEnds } from '../../infra/connections-for-back-ends.ts';
import { allowed, PIMS, READS, WRITES } from './support/access-requests.ts';
import { isAllowed, type Statement } from './support/policy-evaluator.ts';
import { resolver } from './support/resolve.ts';
import { rightsOf, statement, statementsOf } from './support/role-statements.ts';
import { resourcesOf, synthesize, testApp, theResource } from './support/synthesis.ts';

const off = synthesize();
const on = synthesize({ identity: true });

const LOGINS = 'Logins/Table.Arn';
const LIKE = (keys: string) =>
  `ForAllValues:StringLike dynamodb:LeadingKeys = ${keys} | Null dynamodb:LeadingKeys = false`;

/** Those of the writes to Logins that a role may make, by the kind of row. */
function writes(statements: readonly Statement[], key: string): string[] {
  return WRITES.filter((action) =>
    isAllowed(statements, {
      action,
      resource: LOGINS,
      context: { 'dynamodb:LeadingKeys': [key] },
    }),
  );
}

describe('without identity', () => {
  it('nothing is there that a login needs', () => {
    const text = JSON.stringify(off.toJSON());
    expect(text).not.toContain('Logins');
    expect(text).not.toContain('LOGINS_TABLE');
    expect(text).not.toContain('GET /login');
    expect(text).not.toContain('LoginUrl');
  });

  it('is the default, and the switch adds and changes nothing else', () => {
    expect(synthesize({ identity: false }).toJSON()).toEqual(off.toJSON());
    const before = new Set(Object.keys(off.toJSON()['Resources'] as object));
    const after = resourcesOf(on).map(({ name }) => name);
    expect(after.length).toBeGreaterThan(before.size);
    const gone = resourcesOf(off)
      .map(({ name }) => name)
      .filter((name) => !after.includes(name));
    expect(gone).toEqual([]);
  });
});

describe('with identity', () => {
  it('serves GET /login by a function of its own, and tells where', () => {
    const routes = resourcesOf(on, 'AWS::ApiGatewayV2::Route').map(
      ({ Properties }) => Properties['RouteKey'],
    );
    expect(routes).toContain('GET /login');
    expect(routes.filter((route) => String(route).includes('login'))).toHaveLength(1);
    const outputs = Object.keys(on.toJSON()['Outputs'] as object);
    expect(outputs).toEqual(expect.arrayContaining(['LoginUrl', 'LoginsTable']));
  });

  it('keeps logins in a table with a time to live and without backups, which goes with the stack', () => {
    const { Properties, DeletionPolicy } = theResource(
      on,
      'AWS::DynamoDB::GlobalTable',
      'Logins/Table',
    );
    expect(Properties).toMatchObject({
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    expect(JSON.stringify(Properties)).not.toContain('PointInTimeRecovery');
    expect(DeletionPolicy).toBe('Delete');
  });

  it('gives the role of login exactly these rights', () => {
    expect(rightsOf(on, 'Login').sort()).toEqual(
      [
        'Allow | dynamodb:BatchGetItem | Pims/Table.Arn',
        `Allow | dynamodb:DeleteItem | ${LOGINS} | ${LIKE('waiting.*')}`,
        `Allow | dynamodb:PutItem | ${LOGINS} | ${LIKE('code.*')}`,
        'Allow | logs:CreateLogStream | Login/Logs.Arn',
        'Allow | logs:PutLogEvents | Login/Logs.Arn',
      ].sort(),
    );
  });

  it('gives the role of callback one right more, and the others none', () => {
    const added = rightsOf(on, 'Callback').filter(
      (right) => !rightsOf(off, 'Callback').includes(right),
    );
    expect(added).toEqual([`Allow | dynamodb:PutItem | ${LOGINS} | ${LIKE('waiting.*')}`]);
    for (const other of ['Activate', 'Health', 'Events'] as const)
      expect(rightsOf(on, other)).toEqual(rightsOf(off, other));
  });

  it('keeps it warm, and watches it', () => {
    expect(resourcesOf(on, 'AWS::Scheduler::Schedule')).toHaveLength(3);
    const names = resourcesOf(on, 'AWS::CloudWatch::Alarm').map(({ Properties }) =>
      String(Properties['AlarmName']),
    );
    const ofLogin = names.filter((name) => name.includes('-login-'));
    expect(ofLogin.map((name) => name.replace(/.*-login-/, 'login-')).sort()).toEqual([
      'login-crashes',
      'login-not-invoked',
      'login-throttles',
    ]);
  });
});

describe('a role', () => {
  const callback = statementsOf(on, 'Callback');
  const login = statementsOf(on, 'Login');

  it.each([
    ['callback', callback],
    ['login', login],
  ])('of %s reads no login and rewrites none', (_name, statements) => {
    expect(allowed(statements, READS, LOGINS)).toEqual([]);
    for (const key of ['waiting.x', 'code.x'])
      expect(writes(statements, key)).not.toContain('dynamodb:UpdateItem');
  });

  it('of callback keeps logins for browsers, and makes no code', () => {
    expect(writes(callback, 'waiting.x')).toEqual(['dynamodb:PutItem']);
    expect(writes(callback, 'code.x')).toEqual([]);
  });

  it('of login takes what waits for a browser and makes codes, and redeems none', () => {
    expect(writes(login, 'waiting.x')).toEqual(['dynamodb:DeleteItem']);
    expect(writes(login, 'code.x')).toEqual(['dynamodb:PutItem']);
    expect(writes(login, 'other')).toEqual([]);
    expect(allowed(login, READS, PIMS)).toEqual(['dynamodb:BatchGetItem']);
    expect(allowed(login, WRITES, PIMS)).toEqual([]);
  });
});

describe('a back end', () => {
  function granted(loginsTableArn?: string) {
    const stack = new Stack();
    const connections = ConnectionsForBackEnds.fromAttributes(stack, 'Connections', {
      connectionsTableArn: 'arn:connections',
      tokenKeyArn: 'arn:key',
      loginUrl: 'https://service/login',
      ...(loginsTableArn !== undefined && { loginsTableArn }),
    });
    const backEnd = new LambdaFunction(stack, 'BackEnd', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('//'),
      role: new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
    });
    connections.grantRedeemLogin(backEnd);
    return Template.fromStack(stack);
  }

  it('may redeem codes, and nothing else', () => {
    const template = granted(LOGINS);
    const [policy] = resourcesOf(template, 'AWS::IAM::Policy');
    const { PolicyDocument } = resolver(template)(policy?.Properties) as {
      PolicyDocument: { Statement: Parameters<typeof statement>[0][] };
    };
    const statements = PolicyDocument.Statement.map(statement);
    expect(writes(statements, 'code.x')).toEqual(['dynamodb:DeleteItem']);
    expect(writes(statements, 'waiting.x')).toEqual([]);
    expect(allowed(statements, READS, LOGINS)).toEqual([]);
    expect(allowed(statements, [...READS, ...WRITES], 'arn:connections')).toEqual([]);
  });

  it('is told the tables, and where to ask', () => {
    const [backEnd] = resourcesOf(granted('arn:logins'), 'AWS::Lambda::Function');
    expect(backEnd?.Properties).toMatchObject({
      Environment: {
        Variables: {
          AKENEO_APP_CONNECTIONS_TABLE: 'arn:connections',
          AKENEO_APP_LOGINS_TABLE: 'arn:logins',
          AKENEO_APP_LOGIN_URL: 'https://service/login',
        },
      },
    });
  });

  it('in the stack of the activation is told so by the activation', () => {
    const stack = new Stack(testApp(), 'Both');
    const activation = new AkeneoAppActivation(stack, 'Activation', { identity: true });
    const code = Code.fromInline('//');
    const backEnd = { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code };
    activation.grantRedeemLogin(new LambdaFunction(stack, 'BackEnd', backEnd));
    const template = Template.fromStack(stack);
    const { Properties } = theResource(template, 'AWS::Lambda::Function', 'Both/BackEnd');
    const { ActivationLoginUrl: output } = template.findOutputs('*');
    expect(Properties).toHaveProperty(
      'Environment.Variables.AKENEO_APP_LOGIN_URL',
      output?.['Value'],
    );
  });

  it('is refused where nobody is told who opens an App, with the way out', () => {
    expect(() => granted()).toThrow(/identity: true/);
  });

  it('in another account may redeem as well, and read no login', () => {
    const template = synthesize({ identity: true, backEndAccounts: ['111122223333'] });
    const { Properties } = theResource(template, 'AWS::DynamoDB::GlobalTable', 'Logins/Table');
    const text = JSON.stringify(Properties);
    expect(text).toContain('"dynamodb:LeadingKeys":["code.*"]');
    expect(text).toContain('"Action":"dynamodb:DeleteItem"');
    expect(text).not.toMatch(/dynamodb:(Get|Query|Scan|Put|Update)/);
  });
});
