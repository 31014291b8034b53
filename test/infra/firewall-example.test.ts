import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CfnDomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CachePolicy, OriginRequestPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { describe, expect, it } from 'vitest';
import { Firewall, type FirewallProps } from '../../docs/examples/firewall.ts';
import { OUTCOMES } from '../../functions/activation/outcomes.ts';
import { FUNCTION_TIMEOUTS_MS } from '../../functions/environment.ts';
import { AkeneoAppActivation } from '../../infra/index.ts';
import { resourcesOf, testApp } from './support/synthesis.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/1';

function firewall(more: Partial<FirewallProps> = {}): Template {
  const stack = new Firewall(new App(), 'Firewall', {
    domainName: 'connect.example.com',
    certificateArn: CERTIFICATE,
    target: 'd-1.execute-api.eu-west-1.amazonaws.com',
    ...more,
  });
  return Template.fromStack(stack);
}

/** The one resource of a type. */
function only(template: Template, type: string): Readonly<Record<string, unknown>> {
  const [resource, ...others] = resourcesOf(template, type);
  expect(others).toEqual([]);
  return resource?.Properties ?? {};
}

const distribution = (template: Template) =>
  only(template, 'AWS::CloudFront::Distribution')['DistributionConfig'];

describe('the firewall of the documentation', () => {
  it('passes on host, query and cookies, and caches nothing', () => {
    expect(distribution(firewall())).toMatchObject({
      DefaultCacheBehavior: {
        CachePolicyId: CachePolicy.CACHING_DISABLED.cachePolicyId,
        OriginRequestPolicyId: OriginRequestPolicy.ALL_VIEWER.originRequestPolicyId,
        ViewerProtocolPolicy: 'https-only',
      },
    });
  });

  // CloudFront keeps these for ten seconds although they say `no-store`, all others of ours only if they allow it.
  it('keeps no failure page either', () => {
    const { CustomErrorResponses: kept } = distribution(firewall()) as {
      CustomErrorResponses: { ErrorCode: number; ErrorCachingMinTTL: number }[];
    };
    expect(kept.filter(({ ErrorCachingMinTTL }) => ErrorCachingMinTTL !== 0)).toEqual([]);
    const failures = Object.values(OUTCOMES).flatMap(({ status }) => (status < 400 ? [] : status));
    const isCached = (status: number) => status !== 410;
    expect(new Set(kept.map(({ ErrorCode }) => ErrorCode))).toEqual(
      new Set(failures.filter(isCached)),
    );
  });

  it('waits longer for the gateway than callback runs', () => {
    expect(FUNCTION_TIMEOUTS_MS.callback).toBeLessThan(30_000);
    expect(JSON.stringify(distribution(firewall()))).not.toContain('OriginReadTimeout');
  });

  it('lets everybody in who is not too fast, or a list of networks', () => {
    expect(only(firewall(), 'AWS::WAFv2::WebACL')).toMatchObject({
      DefaultAction: { Allow: {} },
      Rules: [{ Statement: { RateBasedStatement: { AggregateKeyType: 'IP' } } }],
    });
    const listed = firewall({ onlyFrom: ['203.0.113.0/24'] });
    expect(only(listed, 'AWS::WAFv2::WebACL')).toMatchObject({ DefaultAction: { Block: {} } });
    expect(only(listed, 'AWS::WAFv2::IPSet')).toMatchObject({ Addresses: ['203.0.113.0/24'] });
  });

  it('shows a gateway that demands a certificate the one that it is given', () => {
    const clientCertificateArn = CERTIFICATE;
    expect(distribution(firewall({ clientCertificateArn }))).toMatchObject({
      Origins: [
        {
          CustomOriginConfig: {
            OriginMtlsConfig: { ClientCertificateArn: clientCertificateArn },
            OriginProtocolPolicy: 'https-only',
          },
        },
      ],
    });
  });

  it('finds the gateway’s name in the construct, to demand a certificate', () => {
    const stack = new Stack(testApp(), 'Theirs');
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE);
    const customDomain = { domainName: 'connect.example.com', certificate };
    const activation = new AkeneoAppActivation(stack, 'Activation', { customDomain });
    const domain = activation.api.customDomain?.domainName.node.defaultChild as CfnDomainName;
    domain.mutualTlsAuthentication = { truststoreUri: 's3://my-bucket/truststore.pem' };
    expect(only(Template.fromStack(stack), 'AWS::ApiGatewayV2::DomainName')).toMatchObject({
      MutualTlsAuthentication: { TruststoreUri: 's3://my-bucket/truststore.pem' },
    });
  });
});
