import { describe, expect, it } from 'vitest';
import { AwsRefusal, fakeAccount } from './support/account.ts';
import { preflight, stackXml, templateXml } from './support/preflight.ts';

describe('preflight and the concurrency of the account', () => {
  const limits = (ConcurrentExecutions: number, UnreservedConcurrentExecutions: number) => ({
    AccountLimit: { ConcurrentExecutions, UnreservedConcurrentExecutions },
  });

  it('warns of a low limit', async () => {
    const { answers } = await fakeAccount();
    answers['GetAccountSettings'] = limits(10, 10);
    const found = await preflight();
    expect(found['Concurrency']).toMatchObject({
      ok: true,
      next: expect.stringContaining('1,000'),
    });
    expect(found['Reserved concurrency']).toBeUndefined();
  });

  it.each([
    [200, 200, 50, true],
    [199, 199, 50, false],
    [1_000, 200, 50, true],
    [1_000, 199, 50, false],
    [10, 10, 1, false],
  ])(
    'of %i with %i unreserved, of which each endpoint shall keep %i: %s',
    async (limit, unreserved, reservedConcurrency, ok) => {
      const { answers } = await fakeAccount({ reservedConcurrency });
      answers['GetAccountSettings'] = limits(limit, unreserved);
      expect((await preflight())['Reserved concurrency']?.ok).toBe(ok);
    },
  );

  it('says how many there is room for', async () => {
    const { answers } = await fakeAccount({ reservedConcurrency: 50 });
    answers['GetAccountSettings'] = limits(1_000, 151);
    const { next } = (await preflight())['Reserved concurrency'] ?? {};
    expect(next).toContain('Set reservedConcurrency to 25 at most');
  });

  it('does not count what the same stack has reserved before', async () => {
    const { answers } = await fakeAccount({ reservedConcurrency: 50 });
    answers['GetAccountSettings'] = limits(200, 100);
    answers['DescribeStacks'] = stackXml('UPDATE_COMPLETE');
    answers['GetTemplate'] = templateXml(
      ['AWS::Lambda::Function', { ReservedConcurrentExecutions: 50 }],
      ['AWS::Lambda::Function', { ReservedConcurrentExecutions: 50 }],
      ['AWS::Lambda::Function', {}],
    );
    expect((await preflight())['Reserved concurrency']?.ok).toBe(true);
  });
});

describe('preflight and the bootstrap', () => {
  it.each([
    ['6', true],
    ['10', true],
    ['5', false],
    ['none', false],
  ])('of version %s', async (Value, ok) => {
    const { answers } = await fakeAccount();
    answers['GetParameter'] = { Parameter: { Value } };
    expect((await preflight())['CDK bootstrap']?.ok).toBe(ok);
  });
});

describe('preflight and the policy of the access log', () => {
  const policy = (
    policyName: string,
    length: number,
    resource = 'arn:aws:logs:x:1:log-group:a:*',
  ) => {
    const [Effect, Action] = ['Allow', ['logs:CreateLogStream', 'logs:PutLogEvents']];
    const Principal = { Service: 'delivery.logs.amazonaws.com' };
    const Statement = [{ Effect, Principal, Action, Resource: [resource] }];
    const document = JSON.stringify({ Version: '2012-10-17', Statement });
    return { policyName, policyDocument: document.padEnd(length) };
  };
  const others = (count: number) =>
    Array.from({ length: count }, (_, index) => policy(`of-a-service-${index}`, 500));
  const OF_AWS = 'AWSLogDeliveryWrite20150319';

  it.each([
    ['there is none', [], true],
    ['there is room for one', others(9), true],
    ['there are ten of others', others(10), false],
    ['that of AWS has room', [policy(OF_AWS, 4_900), ...others(9)], true],
    ['that of AWS is full', [policy(OF_AWS, 5_000)], false],
    [
      'that of AWS is full, and has the line for all groups',
      [policy(OF_AWS, 5_119, 'arn:aws:logs:x:1:log-group:/aws/vendedlogs/*:log-stream:*')],
      true,
    ],
    ['ten are there, and one is for all groups', [...others(9), policy('all', 500, '*')], true],
  ])('when %s', async (_when, resourcePolicies, ok) => {
    const { answers } = await fakeAccount();
    answers['DescribeResourcePolicies'] = { resourcePolicies };
    expect((await preflight())['Access log']?.ok).toBe(ok);
  });

  it('takes a policy that is no JSON for one that allows nothing', async () => {
    const { answers } = await fakeAccount();
    const resourcePolicies = [{ policyName: OF_AWS, policyDocument: 'x'.repeat(5_100) }];
    answers['DescribeResourcePolicies'] = { resourcePolicies };
    expect((await preflight())['Access log']?.detail).toContain('5100 of 5120');
  });
});

describe('preflight and a stack of the name', () => {
  const PROTECTED = '<EnableTerminationProtection>true</EnableTerminationProtection>';

  it.each([
    ['CREATE_COMPLETE', true],
    ['UPDATE_ROLLBACK_COMPLETE', true],
    ['REVIEW_IN_PROGRESS', true],
    ['UPDATE_IN_PROGRESS', false],
    ['ROLLBACK_IN_PROGRESS', false],
    ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', false],
    ['ROLLBACK_COMPLETE', true],
    ['ROLLBACK_FAILED', true],
    ['CREATE_FAILED', false],
    ['UPDATE_ROLLBACK_FAILED', false],
    ['DELETE_FAILED', false],
  ])('in the state %s', async (status, ok) => {
    const { answers } = await fakeAccount();
    answers['DescribeStacks'] = stackXml(status);
    expect((await preflight())['Stack name']?.ok).toBe(ok);
  });

  it('says how to go on after a first deployment that failed', async () => {
    const { answers } = await fakeAccount();
    answers['DescribeStacks'] = stackXml('ROLLBACK_COMPLETE', PROTECTED);
    const finding = (await preflight('--region', 'eu-west-1'))['Stack name'];
    expect(finding).toMatchObject({ ok: false });
    expect(finding?.next).toContain(
      'aws cloudformation update-termination-protection --stack-name AkeneoAppActivation --no-enable-termination-protection',
    );
  });

  it('refuses one that is something else', async () => {
    const { answers } = await fakeAccount();
    answers['DescribeStacks'] = stackXml('CREATE_COMPLETE', '', 'BucketName');
    const finding = (await preflight())['Stack name'];
    expect(finding).toMatchObject({ ok: false, next: expect.stringContaining('stackName') });
  });

  it.each([
    ['CREATE_COMPLETE', false],
    ['UPDATE_ROLLBACK_FAILED', false],
    ['DELETE_FAILED', false],
    ['ROLLBACK_COMPLETE', true],
    ['REVIEW_IN_PROGRESS', true],
  ])('in the state %s may have the other names itself', async (status, areAsked) => {
    const { answers, asked } = await fakeAccount();
    answers['DescribeStacks'] = stackXml(status);
    await preflight();
    for (const operation of ['ListAliases', 'GetParametersByPath', 'DescribeAlarms', 'ListTables'])
      expect(asked.includes(operation)).toBe(areAsked);
  });
});

describe('preflight and other names', () => {
  it.each([
    [
      'Key aliases',
      'ListAliases',
      { Aliases: [{ AliasName: 'alias/AkeneoAppActivation/tokens' }] },
    ],
    [
      'Parameters',
      'GetParametersByPath',
      { Parameters: [{ Name: '/akeneo-app-activation/AkeneoAppActivation/CallbackUrl' }] },
    ],
    [
      'Alarms',
      'DescribeAlarms',
      { MetricAlarms: [{ AlarmName: 'AkeneoAppActivation-events-late' }] },
    ],
    ['Dashboard', 'GetDashboard', { DashboardName: 'AkeneoAppActivation-eu-west-1' }],
  ])('refuses %s that are taken', async (check, operation, answer) => {
    const { answers } = await fakeAccount({ monitoring: 'full' });
    answers[operation] = answer;
    const finding = (await preflight())[check];
    expect(finding?.ok).toBe(false);
    expect(finding?.detail).toMatch(/^taken: \S*AkeneoAppActivation\S*$/);
  });

  it('lets another stack have names that begin in the same way', async () => {
    const { answers } = await fakeAccount();
    answers['DescribeAlarms'] = {
      MetricAlarms: [{ AlarmName: 'AkeneoAppActivation-Two-events-late' }],
    };
    answers['ListTables'] = { TableNames: ['AkeneoAppActivationTwo-ActivationPimsTable1'] };
    for (const { ok, next } of Object.values(await preflight()))
      expect({ ok, next }).toEqual({ ok: true, next: null });
  });

  it('reads all pages', async () => {
    const { answers } = await fakeAccount();
    const page = { Aliases: [], Truncated: true, NextMarker: 'next' };
    const pages = [page, { Aliases: [{ AliasName: 'alias/AkeneoAppActivation/client-secrets' }] }];
    Object.defineProperty(answers, 'ListAliases', { get: () => pages.shift() });
    expect((await preflight())['Key aliases']?.ok).toBe(false);
  });

  it('warns of tables that an earlier stack has left behind', async () => {
    const { answers } = await fakeAccount();
    const table = 'AkeneoAppActivation-ActivationConnectionsTable1A2B';
    answers['ListTables'] = { TableNames: [table, 'Orders'] };
    const finding = (await preflight())['Earlier tables'];
    expect(finding).toMatchObject({ ok: true, next: expect.stringContaining('docs/operate.md') });
    expect(finding?.detail).toContain(table);
    expect(finding?.detail).not.toContain('Orders');
  });

  it('takes an emulator’s empty answers for an account without limits', async () => {
    const { answers } = await fakeAccount({ reservedConcurrency: 50 });
    answers['GetAccountSettings'] = {};
    answers['GetDashboard'] = new AwsRefusal('ResourceNotFound');
    expect((await preflight())['Concurrency']?.detail).toContain('could not be checked');
  });
});
