import { Duration, Token } from 'aws-cdk-lib';
import { DomainName, IpAddressType, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AaaaRecord,
  type AaaaRecordProps,
  ARecord,
  type ARecordProps,
  HostedZone,
  type IHostedZone,
  RecordTarget,
} from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { CALLBACK_ID_LENGTH } from '../functions/pim/callback-id.ts';
import { object, text } from './configuration/context-values.ts';
import { type Problem, problemIf } from './configuration/problems.ts';
import { ExplainedAlarm } from './monitoring/explained-alarm.ts';

/** A domain name of your own for the two URLs. */
export interface CustomDomainProps {
  /** For example `connect.example.com`. */
  readonly domainName: string;
  /** Covers the name; in the region of the stack. */
  readonly certificate: ICertificate;
  /**
   * The zone that gets the records of the name, one for IPv4 and one for IPv6.
   *
   * @default - no record; point the name at the output `CustomDomainTarget` yourself
   */
  readonly hostedZone?: IHostedZone;
}

/** A custom domain by names alone, as a command line can give it; nothing is looked up. */
export interface DomainSettings {
  /** For example `connect.example.com`. */
  readonly domainName: string;
  /** In Certificate Manager, in the region of the stack. */
  readonly certificateArn: string;
  /**
   * The zone that gets the record; together with {@link DomainSettings.zoneName}.
   *
   * @default - no record
   */
  readonly zoneId?: string;
  /** @default - no record */
  readonly zoneName?: string;
}

/** A domain name in front of the API, with its DNS records if the zone is given. */
export class CustomDomain extends Construct {
  /** The name at API Gateway, with its certificate. */
  public readonly domainName: DomainName;
  /** What the name has to point at. */
  public readonly target: string;
  /** For a certificate that ends soon. */
  public readonly alarms: readonly ExplainedAlarm[];
  /** For IPv4. Only with a zone. */
  public readonly record: ARecord | undefined;
  /** For IPv6. Only with a zone. */
  public readonly ipv6Record: AaaaRecord | undefined;

  constructor(scope: Construct, id: string, props: CustomDomainProps) {
    super(scope, id);
    this.domainName = new DomainName(this, 'Name', {
      domainName: props.domainName,
      certificate: props.certificate,
      securityPolicy: SecurityPolicy.TLS_1_2,
      ipAddressType: IpAddressType.DUAL_STACK,
    });
    const daysLeft = props.certificate.metricDaysToExpiry({ period: Duration.days(1) });
    this.alarms = [ExplainedAlarm.ofService(this, 'certificate-expiring', daysLeft)];
    this.target = this.domainName.regionalDomainName;
    const record = props.hostedZone && this.#record(props.hostedZone, props.domainName);
    this.record = record && new ARecord(this, 'Record', record);
    this.ipv6Record = record && new AaaaRecord(this, 'Ipv6Record', record);
  }

  /**
   * The name is written out and ends in a dot, so that it is taken as it is. To `domainName.name`, a reference, the CDK
   * would add the name of the zone once more.
   *
   * @see {@link https://github.com/aws/aws-cdk/issues/16829 Record names that are references}
   */
  #record(zone: IHostedZone, domainName: string): ARecordProps & AaaaRecordProps {
    const { regionalDomainName, regionalHostedZoneId } = this.domainName;
    const alias = new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId);
    return { zone, recordName: `${domainName}.`, target: RecordTarget.fromAlias(alias) };
  }
}

/** The names of the command line. One is enough: a certificate without a domain is a domain that was forgotten. */
export const domainFromContext = object({
  domainName: text('domainName'),
  certificateArn: text('certificateArn'),
  zoneId: text('hostedZoneId'),
  zoneName: text('hostedZoneName'),
});

const NO_NAME: Problem = {
  what: 'A custom domain is set up without domainName.',
  fix: 'Add -c domainName=…, or leave certificateArn, hostedZoneId and hostedZoneName out.',
};

/** What is missing, or wrong, before the names can stand for resources. */
export function domainSettingsProblems(domain: object): readonly Problem[] {
  const settings: Partial<DomainSettings> = domain;
  const { domainName, zoneName } = settings;
  if (!domainName) return [NO_NAME];
  return [
    ...incompleteness(settings),
    ...domainNameProblems(domainName),
    ...(zoneName ? zoneProblems(domainName, zoneName) : []),
  ];
}

function incompleteness(settings: Partial<DomainSettings>): readonly Problem[] {
  const { certificateArn, zoneId, zoneName } = settings;
  return [
    ...problemIf(
      !certificateArn,
      'domainName is given without certificateArn.',
      'Add -c certificateArn=… of a certificate in the region of the stack.',
    ),
    ...problemIf(
      !zoneId !== !zoneName,
      'Only one of hostedZoneId and hostedZoneName is given.',
      'Give both, or neither and make the DNS record yourself.',
    ),
  ];
}

/** The resources that the names stand for. */
export function importDomain(scope: Construct, settings: DomainSettings): CustomDomainProps {
  const { domainName, certificateArn } = settings;
  const certificate = Certificate.fromCertificateArn(scope, 'Certificate', certificateArn);
  const hostedZone = importZone(scope, settings);
  return { domainName, certificate, ...(hostedZone && { hostedZone }) };
}

function importZone(
  scope: Construct,
  { zoneId, zoneName }: DomainSettings,
): IHostedZone | undefined {
  if (!zoneId || !zoneName) return undefined;
  return HostedZone.fromHostedZoneAttributes(scope, 'HostedZone', {
    hostedZoneId: zoneId,
    zoneName,
  });
}

const HOST_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
/** The PIM stores an App's URLs in 255 characters; the longest is a PIM's own callback URL. */
const LONGEST_DOMAIN = 255 - 'https:///callback/'.length - CALLBACK_ID_LENGTH;

/** Everything about a custom domain of resources that cannot be deployed. */
export function domainProblems(domain: unknown): readonly Problem[] {
  if (typeof domain !== 'object' || domain === null) return [];
  const { domainName = '', certificate, hostedZone }: Partial<CustomDomainProps> = domain;
  return [
    ...domainNameProblems(domainName),
    ...problemIf(
      certificate === undefined,
      'customDomain has no certificate.',
      'Give one from Certificate Manager, in the region of the stack.',
    ),
    ...(hostedZone ? zoneProblems(domainName, hostedZone.zoneName) : []),
  ];
}

/** What is wrong with the name of a custom domain. */
function domainNameProblems(domainName: string): readonly Problem[] {
  if (Token.isUnresolved(domainName)) return [];
  return [
    ...problemIf(
      !HOST_NAME.test(domainName),
      `customDomain.domainName is ${JSON.stringify(domainName)}.`,
      'Write a host name in lower case without scheme or path, such as connect.example.com.',
    ),
    ...problemIf(
      domainName.length > LONGEST_DOMAIN,
      `customDomain.domainName is longer than ${LONGEST_DOMAIN} characters.`,
      'Choose a shorter one: a PIM keeps URLs of at most 255 characters.',
    ),
  ];
}

/** What is wrong with the zone that is to get the record of a name. */
function zoneProblems(domainName: string, zoneName: string): readonly Problem[] {
  return problemIf(
    isOutside(domainName, zoneName),
    `customDomain.hostedZone is ${zoneName}, which does not hold ${domainName}.`,
    'Give the zone of the name, or leave it out and make the record yourself.',
  );
}

function isOutside(domainName: string, zoneName: string): boolean {
  if (Token.isUnresolved(domainName) || Token.isUnresolved(zoneName)) return false;
  return domainName !== zoneName && !domainName.endsWith(`.${zoneName}`);
}
