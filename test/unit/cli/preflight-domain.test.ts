import { describe, expect, it } from 'vitest';
import { AwsRefusal, fakeAccount } from './support/account.ts';
import { DOMAIN, preflight, stackXml, templateXml } from './support/preflight.ts';

describe('preflight and the certificate', () => {
  it('is told to be in another region without a call', async () => {
    const certificateArn = DOMAIN.certificateArn.replace('eu-west-1', 'us-east-1');
    const { asked } = await fakeAccount({ ...DOMAIN, certificateArn });
    const finding = (await preflight())['Certificate'];
    expect(finding?.ok).toBe(false);
    expect(finding?.detail).toContain('in us-east-1, and the API will be in eu-west-1');
    expect(asked).not.toContain('DescribeCertificate');
  });

  it('is told to belong to another account without a call', async () => {
    const certificateArn = DOMAIN.certificateArn.replace('111122223333', '444455556666');
    const { asked } = await fakeAccount({ ...DOMAIN, certificateArn });
    expect((await preflight())['Certificate']?.detail).toBe(
      'it belongs to the account 444455556666',
    );
    expect(asked).not.toContain('DescribeCertificate');
  });

  it('is told to be none when it has no ARN of one, or is not there', async () => {
    await fakeAccount({ ...DOMAIN, certificateArn: 'arn:aws:iam::1:server-certificate/x' });
    expect((await preflight())['Certificate']?.ok).toBe(false);
    const { answers } = await fakeAccount(DOMAIN);
    answers['DescribeCertificate'] = new AwsRefusal('ResourceNotFoundException');
    expect((await preflight())['Certificate']?.detail).toContain('there is none with the ARN');
  });

  it.each(['PENDING_VALIDATION', 'EXPIRED', 'FAILED'])('may not be %s', async (Status) => {
    const { answers } = await fakeAccount(DOMAIN);
    answers['DescribeCertificate'] = {
      Certificate: { Status, DomainName: DOMAIN.domainName },
    };
    const finding = (await preflight())['Certificate'];
    expect(finding?.ok).toBe(false);
    expect(finding?.detail).toContain(Status);
  });

  it.each([
    [['connect.example.com'], true],
    [['example.com', '*.example.com'], true],
    [['CONNECT.example.com'], true],
    [['example.com'], false],
    [['*.com'], false],
    [['*.connect.example.com'], false],
    [['other.example.com'], false],
  ])('for %j', async (SubjectAlternativeNames, ok) => {
    const { answers } = await fakeAccount(DOMAIN);
    const [DomainName] = SubjectAlternativeNames;
    answers['DescribeCertificate'] = {
      Certificate: { Status: 'ISSUED', DomainName, SubjectAlternativeNames },
    };
    expect((await preflight())['Certificate']?.ok).toBe(ok);
  });
});

describe('preflight and the domain', () => {
  it('asks nothing without one', async () => {
    const { asked } = await fakeAccount();
    await preflight();
    for (const operation of ['DescribeCertificate', 'GetDomainName', 'GetHostedZone'])
      expect(asked).not.toContain(operation);
  });

  it('is refused when another API has its name', async () => {
    const { answers } = await fakeAccount(DOMAIN);
    answers['GetDomainName'] = { DomainName: DOMAIN.domainName };
    expect((await preflight())['Domain name']?.ok).toBe(false);
  });

  it('is fine when the name and the record are those of the deployed stack', async () => {
    const { answers } = await fakeAccount(DOMAIN);
    answers['GetDomainName'] = { DomainName: DOMAIN.domainName };
    answers['ListResourceRecordSets'] = record('connect.example.com.', 'A');
    answers['DescribeStacks'] = stackXml('UPDATE_COMPLETE');
    answers['GetTemplate'] = templateXml(
      ['AWS::ApiGatewayV2::DomainName', { DomainName: DOMAIN.domainName }],
      ['AWS::Route53::RecordSet', { Name: `${DOMAIN.domainName}.`, Type: 'A' }],
    );
    const found = await preflight();
    expect(found['Domain name']?.ok).toBe(true);
    expect(found['DNS record']?.ok).toBe(true);
    // The stack is about to make one of this type, too.
    answers['ListResourceRecordSets'] = record('connect.example.com.', 'AAAA');
    expect((await preflight())['DNS record']?.ok).toBe(false);
  });

  it.each([
    ['connect.example.com.', 'A', false],
    ['connect.example.com.', 'AAAA', false],
    ['connect.example.com.', 'CNAME', false],
    ['connect.example.com.', 'TXT', true],
    ['www.example.com.', 'A', true],
  ])('in a zone with the record %s %s', async (name, type, ok) => {
    const { answers } = await fakeAccount(DOMAIN);
    answers['ListResourceRecordSets'] = record(name, type);
    expect((await preflight())['DNS record']?.ok).toBe(ok);
  });

  it('is told once that its zone is not there', async () => {
    const { answers } = await fakeAccount(DOMAIN);
    answers['GetHostedZone'] = new AwsRefusal('NoSuchHostedZone');
    answers['ListResourceRecordSets'] = new AwsRefusal('NoSuchHostedZone');
    expect((await preflight())['DNS record']).toBeUndefined();
  });

  it.each([
    [zone('example.com.'), true],
    [zone('example.org.'), false],
    [zone('example.com.', '<Config><PrivateZone>true</PrivateZone></Config>'), false],
    [new AwsRefusal('NoSuchHostedZone'), false],
  ])('in the zone %s', async (answer, ok) => {
    const { answers } = await fakeAccount(DOMAIN);
    answers['GetHostedZone'] = answer;
    expect((await preflight())['Hosted zone']?.ok).toBe(ok);
  });
});

function record(name: string, type: string): string {
  return `<ResourceRecordSets><ResourceRecordSet><Name>${name}</Name><Type>${type}</Type></ResourceRecordSet></ResourceRecordSets>`;
}

function zone(name: string, more = ''): string {
  return `<HostedZone><Id>/hostedzone/Z1</Id><Name>${name}</Name><CallerReference>1</CallerReference>${more}</HostedZone>`;
}
