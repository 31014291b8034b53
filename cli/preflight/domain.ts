import {
  type ACMClient,
  type CertificateDetail,
  DescribeCertificateCommand,
} from '@aws-sdk/client-acm';
import { type ApiGatewayV2Client, GetDomainNameCommand } from '@aws-sdk/client-apigatewayv2';
import {
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import type { DomainSettings } from '../../infra/custom-domain.ts';
import type { Resource } from '../deployed-resources.ts';
import { type Finding, fail, pass, result } from '../finding.ts';

/** The parts of the ARN of a certificate. */
const CERTIFICATE_ARN = /^arn:[^:]+:acm:([^:]+):(\d{12}):certificate\/.+$/;

/**
 * Checks the certificate of the custom domain: in the region of the API, issued, and for the name of the domain.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html Custom domains of HTTP APIs}
 */
export async function checkCertificate(
  client: ACMClient,
  { domainName, certificateArn }: DomainSettings,
  place: Place,
): Promise<Finding> {
  const { region } = place;
  const misplaced = misplacedCertificate(certificateArn, place);
  if (misplaced) return misplaced;
  const certificate = await describe(client, certificateArn);
  if (!certificate)
    return fail(CERTIFICATE, `there is none with the ARN ${certificateArn}`, COPY_ARN);
  const problems = [...stateProblems(certificate), ...nameProblems(certificate, domainName)];
  const next = certificate.Status === 'PENDING_VALIDATION' ? VALIDATE : requestIn(region);
  return result(CERTIFICATE, problems, { ok: `issued in ${region}, for ${domainName}`, next });
}

/** Where the API will be. */
interface Place {
  readonly region: string;
  /** `undefined` if it could not be asked. */
  readonly accountId: string | undefined;
}

/** What the ARN alone tells. */
function misplacedCertificate(arn: string, { region, accountId }: Place): Finding | undefined {
  const [, itsRegion, itsAccount] = CERTIFICATE_ARN.exec(arn) ?? [];
  if (itsRegion === undefined)
    return fail(CERTIFICATE, `certificateArn is ${JSON.stringify(arn)}`, COPY_ARN);
  if (itsRegion !== region)
    return fail(
      CERTIFICATE,
      `it is in ${itsRegion}, and the API will be in ${region}`,
      requestIn(region),
    );
  if (accountId !== undefined && itsAccount !== accountId)
    return fail(CERTIFICATE, `it belongs to the account ${itsAccount}`, requestIn(region));
  return undefined;
}

const CERTIFICATE = 'Certificate';
const COPY_ARN =
  'Copy the ARN from Certificate Manager: arn:aws:acm:<region>:<account>:certificate/<id>.';
const VALIDATE =
  'Make the DNS records that Certificate Manager shows for it; some minutes later it is issued.';

function requestIn(region: string): string {
  return `Request one for the domain in Certificate Manager in ${region}, and set certificateArn to its ARN.`;
}

async function describe(client: ACMClient, arn: string): Promise<CertificateDetail | undefined> {
  try {
    const command = new DescribeCertificateCommand({ CertificateArn: arn });
    return (await client.send(command)).Certificate;
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

function stateProblems({ Status }: CertificateDetail): readonly string[] {
  return Status === 'ISSUED' ? [] : [`its state is ${Status}, not ISSUED`];
}

function nameProblems(certificate: CertificateDetail, domainName: string): readonly string[] {
  const { DomainName = '', SubjectAlternativeNames = [] } = certificate;
  const names = [...new Set([DomainName, ...SubjectAlternativeNames])];
  return names.some((name) => covers(name.toLowerCase(), domainName))
    ? []
    : [`it is for ${names.join(', ')}, not for ${domainName}`];
}

/** A star stands for one label. @see {@link https://www.rfc-editor.org/rfc/rfc9525#section-6.3 RFC 9525, section 6.3} */
function covers(name: string, domainName: string): boolean {
  return name === domainName || name === domainName.replace(/^[^.]+/, '*');
}

/** The parts of a deployed stack that have a name of the custom domain. */
type Own = readonly Resource[];

/** Checks that no other API of the account has the domain name in this region. */
export async function checkDomainName(
  client: ApiGatewayV2Client,
  domainName: string,
  own: Own,
): Promise<Finding> {
  const check = 'Domain name';
  const isOwn = own.some(
    ({ type, properties }) =>
      type === 'AWS::ApiGatewayV2::DomainName' && properties['DomainName'] === domainName,
  );
  if (isOwn) return pass(check, `${domainName} is this stack’s own`);
  try {
    await client.send(new GetDomainNameCommand({ DomainName: domainName }));
  } catch (error) {
    if (isNamed(error, 'NotFoundException')) return pass(check, `${domainName} is free`);
    throw error;
  }
  return fail(
    check,
    `${domainName} belongs to another API of this account`,
    `Choose another domainName, or remove the custom domain there: API Gateway > Custom domain names.`,
  );
}

/** A hosted zone that gets the record of the domain. */
interface Zone {
  readonly zoneId: string;
  readonly zoneName: string;
}

/** The zone of the settings, if they give one. */
export function zoneOf({ zoneId, zoneName }: DomainSettings): Zone | undefined {
  return zoneId !== undefined && zoneName !== undefined ? { zoneId, zoneName } : undefined;
}

/** Checks that the hosted zone is there, has the name of the settings, and is public, as the browsers of PIM users are. */
export async function checkHostedZone(
  client: Route53Client,
  { zoneId, zoneName }: Zone,
): Promise<Finding> {
  const check = 'Hosted zone';
  const next =
    'Set hostedZoneId and hostedZoneName to those of a public zone: Route 53 > Hosted zones.';
  try {
    const { HostedZone } = await client.send(new GetHostedZoneCommand({ Id: zoneId }));
    const name = HostedZone?.Name?.replace(/\.$/, '') ?? '';
    const problems = [
      ...(name === zoneName ? [] : [`${zoneId} is the zone of ${name}, not of ${zoneName}`]),
      ...(HostedZone?.Config?.PrivateZone
        ? [`${zoneId} is private, so PIM users do not see it`]
        : []),
    ];
    return result(check, problems, { ok: `${zoneId} is that of ${zoneName}`, next });
  } catch (error) {
    if (isNamed(error, 'NoSuchHostedZone'))
      return fail(check, `there is no zone ${zoneId} in this account`, next);
    throw error;
  }
}

/** The types of records that leave no place for that of the deployment, or lead elsewhere. */
const ADDRESSES: readonly string[] = ['A', 'AAAA', 'CNAME'];

/** Checks that the zone has no record for the domain but those of this stack. That the zone is not there is told by its own check. */
export async function checkRecord(
  client: Route53Client,
  { zoneId }: Zone,
  domainName: string,
  own: Own,
): Promise<Finding | readonly Finding[]> {
  const check = 'DNS record';
  const name = `${domainName}.`;
  const isRecord = ({ type, properties }: Resource) =>
    type === 'AWS::Route53::RecordSet' && properties['Name'] === name;
  const ownTypes = own.filter(isRecord).map(({ properties }) => properties['Type']);
  const types = await addressesAt(client, zoneId, name);
  if (!types) return [];
  const others = types.filter((type) => !ownTypes.includes(type));
  if (others.length === 0)
    return pass(
      check,
      `${domainName} ${types.length === 0 ? 'has none yet' : 'is this stack’s own'}`,
    );
  return fail(
    check,
    `${domainName} has a record already (${others.join(', ')})`,
    'Delete it, as the deployment makes its own; or leave hostedZoneId and hostedZoneName out, and change it yourself afterwards.',
  );
}

/** The types of the records by which a name has an address; `undefined` if there is no such zone. */
async function addressesAt(
  client: Route53Client,
  zoneId: string,
  name: string,
): Promise<readonly string[] | undefined> {
  const command = new ListResourceRecordSetsCommand({
    HostedZoneId: zoneId,
    StartRecordName: name,
  });
  try {
    const { ResourceRecordSets = [] } = await client.send(command);
    return ResourceRecordSets.flatMap(({ Name, Type }) =>
      Name?.toLowerCase() === name && Type && ADDRESSES.includes(Type) ? [Type] : [],
    );
  } catch (error) {
    if (isNamed(error, 'NoSuchHostedZone')) return undefined;
    throw error;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
