import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { domainNameProblems, zoneProblems } from './domain-problems.ts';
import type { CustomDomainProps } from './props.ts';
import { type Problem, problemIf } from './refuse-problems.ts';

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

const NO_NAME: Problem = {
  what: 'A custom domain is set up without domainName.',
  fix: 'Add -c domainName=…, or leave certificateArn, hostedZoneId and hostedZoneName out.',
};

/** What is missing, or wrong, before the names can stand for resources. */
export function domainSettingsProblems(settings: Partial<DomainSettings>): readonly Problem[] {
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
