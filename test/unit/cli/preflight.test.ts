import { describe, expect, it } from 'vitest';
import { RIGHTS } from '../../../cli/preflight/check.ts';
import { AwsRefusal, DENIED, fakeAccount, inFolder } from './support/account.ts';
import { operate, operateJson } from './support/operate.ts';
import { DOMAIN, preflight, stackXml } from './support/preflight.ts';

/** A reading operation for each right, and the check that needs it. */
const OPERATIONS = [
  ['bootstrap', 'GetParameter', 'CDK bootstrap'],
  ['concurrency', 'GetAccountSettings', 'Concurrency'],
  ['logDelivery', 'DescribeResourcePolicies', 'Access log'],
  ['stack', 'DescribeStacks', 'Stack name'],
  ['aliases', 'ListAliases', 'Key aliases'],
  ['parameters', 'GetParametersByPath', 'Parameters'],
  ['alarms', 'DescribeAlarms', 'Alarms'],
  ['dashboard', 'GetDashboard', 'Dashboard'],
  ['tables', 'ListTables', 'Earlier tables'],
  ['certificate', 'DescribeCertificate', 'Certificate'],
  ['domainName', 'GetDomainName', 'Domain name'],
  ['hostedZone', 'GetHostedZone', 'Hosted zone'],
  ['record', 'ListResourceRecordSets', 'DNS record'],
] as const;

const EVERYTHING = { ...DOMAIN, monitoring: 'full', reservedConcurrency: 50 };

describe('preflight', () => {
  it('is green for an account that everything can be deployed to, in which it only reads', async () => {
    const { asked } = await fakeAccount(EVERYTHING);
    const { exit, stdout, stderr } = await operate(['preflight']);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    for (const line of stdout.trimEnd().split('\n').slice(0, -2)) expect(line).toMatch(/^✓ /);
    expect(stdout).toContain('✓ Credentials  account 111122223333, as role Admin\n');
    expect(stdout).toContain('All is well. Next: npx cdk deploy\n');
    const operations = OPERATIONS.map(([, operation]) => operation);
    expect(asked.toSorted()).toEqual(['GetCallerIdentity', ...operations].toSorted());
  });

  it('prints a list for programs', async () => {
    await fakeAccount();
    const findings = await operateJson(['preflight']);
    expect(findings).toContainEqual({
      check: 'Region',
      ok: true,
      detail: 'eu-west-1',
      next: null,
    });
    expect(findings).toHaveLength(11);
  });

  it('names the commands for the same account, region and settings', async () => {
    const { answers } = await fakeAccount();
    const argv = [
      '--region',
      'eu-west-3',
      'preflight',
      '-c',
      'stage=development',
      '-c',
      'tracing=true',
    ];
    const { stdout } = await operate(argv);
    expect(stdout).toContain(
      'npx cdk deploy --region eu-west-3 -c stage=development -c tracing=true\n',
    );
    answers['GetParameter'] = new AwsRefusal('ParameterNotFound');
    expect((await operate(argv)).stdout).toContain(
      'npx cdk bootstrap aws://111122223333/eu-west-3 --region eu-west-3\n',
    );
  });

  it.each(OPERATIONS)(
    'names the right %s that is missing, and goes on',
    async (right, operation, name) => {
      const { answers } = await fakeAccount(EVERYTHING);
      answers[operation] = DENIED;
      const { exit, stdout } = await operate(['preflight']);
      expect(exit).toBe(0);
      expect(stdout.match(/^! .*/gm)).toEqual([
        `! ${name}  could not be checked: ${RIGHTS[right]} is missing`,
      ]);
      expect(stdout).not.toContain('All is well');
    },
  );

  it.each(OPERATIONS)(
    'goes on when the check by %s fails for another reason',
    async (_right, operation, name) => {
      const { answers } = await fakeAccount(EVERYTHING);
      answers[operation] = new AwsRefusal('Weird');
      const { exit, stdout, stderr } = await operate(['preflight']);
      expect(exit).toBe(1);
      expect(stdout.match(/^✗ .*/gm)).toEqual([
        `✗ ${name}  could not be checked: AWS refused the request: Weird.`,
      ]);
      expect(stderr).toMatch(/error: 1 of \d+ checks failed\./);
      expect(stderr).toContain('npm run app -- preflight');
    },
  );

  it('says that the template of a deployed stack may not be read', async () => {
    const { answers } = await fakeAccount();
    answers['DescribeStacks'] = stackXml('UPDATE_COMPLETE');
    answers['GetTemplate'] = DENIED;
    const found = await preflight();
    expect(found['Deployed template']?.detail).toContain(RIGHTS.template);
    expect(found['Stack name']?.ok).toBe(true);
  });
});

describe('the settings of a preflight', () => {
  it('are those of the file, above which the command line is', async () => {
    await fakeAccount({ stackName: 'First', monitoring: 'full' });
    expect((await preflight())['Stack name']?.detail).toBe('First is free');
    const found = await preflight('-c', 'stackName=Second', '--context', 'monitoring=essential');
    expect(found['Stack name']?.detail).toBe('Second is free');
    expect(found['Dashboard']).toBeUndefined();
  });

  it('take --stack for the name of the stack', async () => {
    await fakeAccount({ stackName: 'First' });
    expect((await preflight('--stack', 'Second'))['Stack name']?.detail).toBe('Second is free');
  });

  it('are told what is wrong with them, and the account is checked nevertheless', async () => {
    await fakeAccount({ alarmEmial: 'team@example.com', reservedConcurrency: 0 });
    const { exit, stdout } = await operate(['preflight', '-c', 'domainName=connect.example.com']);
    expect(exit).toBe(1);
    expect(stdout.match(/^✗ Settings/gm)).toHaveLength(3);
    expect(stdout).toContain('next: Write alarmEmail.');
    expect(stdout).toContain('✓ Stack name');
  });

  it('name the bootstrap stack of the CDK', async () => {
    const { answers } = await fakeAccount();
    inFolder({ 'cdk.json': { context: { '@aws-cdk/core:bootstrapQualifier': 'ours' } } });
    answers['GetParameter'] = { Parameter: { Value: '5' } };
    const found = await preflight();
    expect(found['CDK bootstrap']?.detail).toBe('version 5, and a deployment needs 6 or later');
    expect(found['CDK bootstrap']?.next).toContain(
      'npx cdk bootstrap aws://111122223333/eu-west-1',
    );
  });

  it.each(['stage', '=x', ''])('refuses -c %j', async (setting) => {
    await fakeAccount();
    const { exit, stderr } = await operate(['preflight', '-c', setting]);
    expect(exit).toBe(2);
    expect(stderr).toContain('npm run app -- preflight -c stage=development');
  });
});

describe('whoever is not signed in', () => {
  it('is told of region and credentials at once', async () => {
    await fakeAccount({}, { AWS_REGION: undefined, AWS_ACCESS_KEY_ID: undefined });
    const { exit, stdout } = await operate(['preflight']);
    expect(exit).toBe(1);
    expect(stdout.match(/^✗ \w+/gm)).toEqual(['✗ Region', '✗ Credentials']);
    expect(stdout).toContain('`cdk deploy` would go to us-east-1');
  });

  it('is told once that nothing else can be checked', async () => {
    const { answers, asked } = await fakeAccount();
    answers['GetCallerIdentity'] = new AwsRefusal('ExpiredToken');
    const { exit, stdout } = await operate(['preflight']);
    expect(exit).toBe(1);
    expect(stdout).toContain('✗ Credentials  The AWS credentials have expired. Nothing else');
    expect(asked).toEqual(['GetCallerIdentity']);
  });

  it('gets every other line when only the service of the credentials cannot be reached', async () => {
    await fakeAccount({}, { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' });
    const { stdout } = await operate(['preflight']);
    expect(stdout.match(/^✗ .*/gm)).toEqual([
      '✗ Credentials  AWS could not be reached (ECONNREFUSED).',
    ]);
    expect(stdout).toContain('✓ CDK bootstrap');
  });

  it('is told when the CDK would go to another region', async () => {
    await fakeAccount();
    const env = { AWS_DEFAULT_REGION: 'us-east-2' };
    const { stdout } = await operate(['preflight'], { env });
    expect(stdout).toContain('✗ Region  eu-west-1 is what is checked here');
    const { exit } = await operate(['--region', 'eu-west-1', 'preflight'], { env });
    expect(exit).toBe(0);
  });

  it.each([
    ['arn:aws:iam::111122223333:root', 'the root user'],
    ['arn:aws:iam::111122223333:user/CANARY', 'a user'],
  ])('is told who %s is, without a name', async (arn, who) => {
    const { answers } = await fakeAccount();
    answers['GetCallerIdentity'] = `<Account>111122223333</Account><Arn>${arn}</Arn>`;
    expect((await preflight())['Credentials']?.detail).toBe(`account 111122223333, as ${who}`);
  });
});
