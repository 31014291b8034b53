import { describe, expect, it } from 'vitest';
import { resolver } from './support/resolve.ts';
import { resourcesOf, synthesize, theResource } from './support/synthesis.ts';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/1';
const zone = { zoneId: 'Z123', zoneName: 'example.com' };
const domain = { domainName: 'connect.example.com', certificateArn: CERTIFICATE };

const template = synthesize({ customDomain: { ...domain, ...zone } });
const resolve = resolver(template);

describe('a custom domain', () => {
  it('serves under its certificate, by TLS 1.2 or newer', () => {
    const { Properties } = theResource(
      template,
      'AWS::ApiGatewayV2::DomainName',
      'Api/CustomDomain/Name',
    );
    expect(Properties).toMatchObject({
      DomainName: 'connect.example.com',
      DomainNameConfigurations: [
        {
          CertificateArn: CERTIFICATE,
          EndpointType: 'REGIONAL',
          SecurityPolicy: 'TLS_1_2',
          IpAddressType: 'dualstack',
        },
      ],
    });
  });

  it('has an alarm for a certificate that ends within 30 days', () => {
    const name = 'Api/CustomDomain/certificate-expiring';
    expect(theResource(template, 'AWS::CloudWatch::Alarm', name).Properties).toMatchObject({
      Namespace: 'AWS/CertificateManager',
      MetricName: 'DaysToExpiry',
      Dimensions: [{ Name: 'CertificateArn', Value: CERTIFICATE }],
      Statistic: 'Minimum',
      Period: 86_400,
      Threshold: 30,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  it('leads to the stage', () => {
    const mappings = resourcesOf(template, 'AWS::ApiGatewayV2::ApiMapping');
    expect(mappings.map(({ Properties }) => resolve(Properties))).toEqual([
      { ApiId: 'Api/HttpApi', DomainName: 'Api/CustomDomain/Name', Stage: '$default' },
    ]);
  });

  it('switches the generated address off', () => {
    const { Properties } = theResource(template, 'AWS::ApiGatewayV2::Api', 'Api/HttpApi');
    expect(Properties['DisableExecuteApiEndpoint']).toBe(true);
  });

  // The name was `connect.example.com.example.com.`, because the CDK adds the zone to a reference (aws/aws-cdk#16829).
  it('gets records in its zone for IPv4 and IPv6, under its own name', () => {
    const records = resourcesOf(template, 'AWS::Route53::RecordSet');
    expect(records.map(({ Properties }) => resolve(Properties))).toMatchObject(
      ['A', 'AAAA'].map((Type) => ({
        Name: 'connect.example.com.',
        HostedZoneId: 'Z123',
        Type,
        AliasTarget: { DNSName: 'Api/CustomDomain/Name.RegionalDomainName' },
      })),
    );
  });

  it('is the address that is told', () => {
    const { Outputs } = template.toJSON() as { Outputs: Record<string, { Value: unknown }> };
    expect(resolve(Outputs['ActivateUrl']?.Value)).toBe('https://Api/CustomDomain/Name/activate');
    expect(resolve(Outputs['CustomDomainTarget']?.Value)).toBe(
      'Api/CustomDomain/Name.RegionalDomainName',
    );
  });
});

describe('a custom domain whose zone is elsewhere', () => {
  const elsewhere = synthesize({ customDomain: domain });

  it('gets no record', () => {
    expect(resourcesOf(elsewhere, 'AWS::Route53::RecordSet')).toEqual([]);
  });

  it('tells what the name has to point at', () => {
    expect(elsewhere.toJSON()).toHaveProperty('Outputs.CustomDomainTarget');
  });
});
