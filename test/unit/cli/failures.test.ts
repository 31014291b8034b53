import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pointSdkTo, testAws } from './support/aws.ts';
import { CLIENT_SECRET, operate } from './support/operate.ts';
import { CLIENT_ID, PIM } from './support/pims.ts';

/** A home folder with an AWS configuration in it. */
function homeWith(files: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(tmpdir(), 'operator-test-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  mkdirSync(join(home, '.aws/sso/cache'), { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(home, '.aws', name), content);
  return home;
}

const SSO_PROFILE = `[profile work]
region = eu-west-1
sso_account_id = 111122223333
sso_role_name = operator
sso_region = eu-west-1
sso_start_url = https://example.awsapps.com/start
`;

const EXPIRED_SESSION = JSON.stringify({
  startUrl: 'https://example.awsapps.com/start',
  region: 'eu-west-1',
  accessToken: 'CANARY',
  expiresAt: '2020-01-01T00:00:00Z',
});

describe('a command that cannot reach its stack', () => {
  it('explains a stack that does not exist, with the region', async () => {
    await testAws();
    const { exit, stderr } = await operate(['pims', 'list', '--stack', 'Other']);
    expect(exit).toBe(1);
    expect(stderr).toBe(
      'error: There is no stack "Other" in eu-west-1.\n  next: Deploy it with `npx cdk deploy`, or name the right one with --stack, --region or --profile.\n',
    );
  });

  it('takes the stack by its name', async () => {
    const { cloudFormation } = await testAws();
    cloudFormation.stackName = 'Other';
    expect((await operate(['--stack', 'Other', 'pims', 'list'])).exit).toBe(0);
    expect((await operate(['pims', 'list', '--stack', 'Other'])).exit).toBe(0);
  });

  it('finds the outputs of the activation among those of somebody else’s stack', async () => {
    const { cloudFormation } = await testAws();
    const ours = { ...cloudFormation.outputs };
    for (const [name, value] of Object.entries(ours)) {
      cloudFormation.outputs[`ShopActivation${name}`] = value;
      delete cloudFormation.outputs[name];
    }
    Object.assign(cloudFormation.outputs, { ActivateUrl: 'theirs', OldActivateUrl: 'theirs' });
    const { exit, stdout } = await operate(['urls', PIM, '--json']);
    expect(exit).toBe(0);
    expect(stdout).toContain(`"${ours['ActivateUrl']}"`);
  });

  it('names the outputs that a stack lacks', async () => {
    const { cloudFormation } = await testAws();
    delete cloudFormation.outputs['ActivateUrl'];
    delete cloudFormation.outputs['Stage'];
    const { exit, stderr } = await operate(['pims', 'list']);
    expect(exit).toBe(1);
    expect(stderr).toContain('(UPDATE_COMPLETE) lacks the outputs ActivateUrl, Stage');
  });

  it.each([
    ['ExpiredToken', 'have expired'],
    ['InvalidClientTokenId', 'does not accept these credentials'],
    ['Throttling', 'throttling'],
    ['SomethingElse', 'AWS refused the request: SomethingElse'],
  ])('explains %s', async (code, text) => {
    const { cloudFormation } = await testAws();
    pointSdkTo({ ...process.env, AWS_MAX_ATTEMPTS: '1' });
    cloudFormation.error = { code, message: 'CANARY' };
    const { exit, stderr } = await operate(['pims', 'list']);
    expect(exit).toBe(1);
    expect(stderr).toContain(text);
  });

  it('names the right that is missing, and nothing else of what AWS wrote', async () => {
    const { cloudFormation } = await testAws();
    const message =
      'User: arn:aws:iam::CANARY:user/x is not authorized to perform: cloudformation:DescribeStacks on resource: y';
    cloudFormation.error = { code: 'AccessDenied', message };
    const { stderr } = await operate(['pims', 'list']);
    expect(stderr).toContain('cloudformation:DescribeStacks is missing');
  });

  it('explains missing credentials, and a profile that does not exist', async () => {
    pointSdkTo({ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: undefined, HOME: homeWith({}) });
    const missing = await operate(['pims', 'list']);
    expect(missing.exit).toBe(1);
    expect(missing.stderr).toContain('No AWS credentials were found');
    expect(missing.stderr).toContain('--profile');
    const misspelt = await operate(['pims', 'list', '--profile', 'nobody']);
    expect(misspelt.exit).toBe(1);
    expect(misspelt.stderr).toContain('There is no AWS profile "nobody".');
  });

  // The SDK says only that it found no credentials.
  it.each([
    [
      'misspelt',
      'wrok',
      'There is no AWS profile "wrok", which AWS_PROFILE names.\n  next: There are: work.',
    ],
    ['empty', '', 'No AWS credentials were found.'],
  ])('explains an AWS_PROFILE that is %s', async (_what, profile, message) => {
    const home = homeWith({ config: '[profile work]\nregion = eu-west-1\n' });
    pointSdkTo({
      HOME: home,
      AWS_CONFIG_FILE: join(home, '.aws/config'),
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: undefined,
      AWS_PROFILE: profile,
    });
    const { exit, stderr } = await operate(['pims', 'list']);
    expect(exit).toBe(1);
    expect(stderr).toContain(message);
  });

  it('explains an expired sign-in', async () => {
    const session = createHash('sha1').update('https://example.awsapps.com/start').digest('hex');
    const home = homeWith({ config: SSO_PROFILE, [`sso/cache/${session}.json`]: EXPIRED_SESSION });
    pointSdkTo({
      HOME: home,
      AWS_CONFIG_FILE: join(home, '.aws/config'),
      AWS_REGION: undefined,
      AWS_ACCESS_KEY_ID: undefined,
    });
    const { exit, stderr } = await operate(['pims', 'list', '--profile', 'work']);
    expect(exit).toBe(1);
    expect(stderr).toContain('SSO');
    expect(stderr).toContain('aws sso login');
  });
});

describe('a command that fails later', () => {
  it('never repeats what a service wrote, because it may quote the request', async () => {
    const { kms } = await testAws();
    const error = { __type: 'ValidationException', message: `bad: ${CLIENT_SECRET}` };
    kms.failToEncrypt({ status: 400, body: JSON.stringify(error) });
    const argv = ['pims', 'add', PIM, '--scopes', 'openid', '--client-id', CLIENT_ID];
    const { exit, stderr } = await operate(argv, { env: { AKENEO_CLIENT_SECRET: CLIENT_SECRET } });
    expect(exit).toBe(1);
    expect(stderr).toContain('ValidationException');
  });

  it('explains a table that is gone', async () => {
    await testAws({ PimsTable: 'NoSuchTable' });
    const { exit, stderr } = await operate(['pims', 'list']);
    expect(exit).toBe(1);
    expect(stderr).toContain('does not exist');
  });

  it('names the attribute of a row that somebody broke', async () => {
    const { dynamoDb } = await testAws();
    await dynamoDb.send(new PutItemCommand({ TableName: 'Pims', Item: { pim: { S: PIM } } }));
    const { exit, stderr } = await operate(['pims', 'list']);
    expect(exit).toBe(1);
    expect(stderr).toContain('A row of Pims has no usable "clientId"');
  });

  it('prints errors as JSON for programs, and nothing on stdout', async () => {
    await testAws();
    const { stdout, stderr } = await operate(['pims', 'show', PIM, '--json']);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toEqual({
      error: { kind: 'failure', message: `${PIM} is not listed.`, next: expect.any(String) },
    });
  });
});
