import { DomainName, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { ARecord, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { CustomDomainProps } from '../configuration/props.ts';

/** A name of one's own in front of the API, with its DNS record if the zone is given. */
export class CustomDomain extends Construct {
  /** The name at API Gateway, with its certificate. */
  public readonly domainName: DomainName;
  /** What the name has to point at. */
  public readonly target: string;
  /** Only with a zone. */
  public readonly record: ARecord | undefined;

  constructor(scope: Construct, id: string, props: CustomDomainProps) {
    super(scope, id);
    this.domainName = new DomainName(this, 'Name', {
      domainName: props.domainName,
      certificate: props.certificate,
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    this.target = this.domainName.regionalDomainName;
    this.record = props.hostedZone && this.#record(props.hostedZone, props.domainName);
  }

  /**
   * The name is written out and ends in a dot, so that it is taken as it is. To `domainName.name`, a reference, the CDK
   * would add the name of the zone once more.
   *
   * @see {@link https://github.com/aws/aws-cdk/issues/16829 Record names that are references}
   */
  #record(zone: IHostedZone, domainName: string): ARecord {
    const { regionalDomainName, regionalHostedZoneId } = this.domainName;
    const alias = new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId);
    return new ARecord(this, 'Record', {
      zone,
      recordName: `${domainName}.`,
      target: RecordTarget.fromAlias(alias),
    });
  }
}
