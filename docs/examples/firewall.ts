import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  type CfnDistribution,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CfnIPSet, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

/** A firewall in front of an activation that has a domain of its own. */
export interface FirewallProps extends StackProps {
  /** That of the activation: the URLs stay as they are. */
  readonly domainName: string;
  /** Of the same name, in us-east-1, where CloudFront takes certificates from. */
  readonly certificateArn: string;
  /** The output `CustomDomainTarget` of the activation. */
  readonly target: string;
  /** The networks of the PIM users' browsers, such as `203.0.113.0/24`. @default - everybody */
  readonly onlyFrom?: readonly string[];
  /** What CloudFront shows to a gateway that demands a certificate; in us-east-1. @default - nothing */
  readonly clientCertificateArn?: string;
}

const ORIGIN_MTLS = 'DistributionConfig.Origins.0.CustomOriginConfig.OriginMtlsConfig';

/** CloudFront with a web ACL. Deploy it in us-east-1, whatever the activation's region is. */
export class Firewall extends Stack {
  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id, props);
    const distribution = new Distribution(this, 'Distribution', {
      domainNames: [props.domainName],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', props.certificateArn),
      webAclId: this.#webAcl(props.onlyFrom).attrArn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: {
        origin: new HttpOrigin(props.target, {
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        }),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // Host, query and cookies as they came. By the host, the gateway finds certificate and API.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER,
      },
      // Otherwise CloudFront would show a failure page of one person to others, for ten seconds, whatever its headers say.
      errorResponses: [400, 403, 404, 500, 502, 503, 504].map((httpStatus) => ({
        httpStatus,
        ttl: Duration.seconds(0),
      })),
    });
    const { clientCertificateArn: ClientCertificateArn } = props;
    const resource = distribution.node.defaultChild as CfnDistribution;
    if (ClientCertificateArn !== undefined)
      resource.addPropertyOverride(ORIGIN_MTLS, { ClientCertificateArn });
  }

  #webAcl(onlyFrom: readonly string[] | undefined): CfnWebACL {
    return new CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      defaultAction: onlyFrom ? { block: {} } : { allow: {} },
      // Sampled requests would show codes and cookies in the console.
      visibilityConfig: visibility('WebAcl'),
      dataProtectionConfig: {
        dataProtections: [
          { action: 'SUBSTITUTION', field: { fieldType: 'QUERY_STRING' } },
          { action: 'SUBSTITUTION', field: { fieldType: 'SINGLE_HEADER', fieldKeys: ['cookie'] } },
        ],
      },
      rules: [
        {
          name: 'TooMany',
          priority: 0,
          action: { block: {} },
          visibilityConfig: visibility('TooMany'),
          // Of one address in five minutes. An activation is three requests, and an office has one address.
          statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: 300 } },
        },
        ...(onlyFrom ? [this.#known(onlyFrom)] : []),
      ],
    });
  }

  #known(addresses: readonly string[]): CfnWebACL.RuleProperty {
    const known = new CfnIPSet(this, 'Known', {
      scope: 'CLOUDFRONT',
      ipAddressVersion: 'IPV4',
      addresses: [...addresses],
    });
    return {
      name: 'Known',
      priority: 1,
      action: { allow: {} },
      visibilityConfig: visibility('Known'),
      statement: { ipSetReferenceStatement: { arn: known.attrArn } },
    };
  }
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
