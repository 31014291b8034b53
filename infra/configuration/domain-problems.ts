import { Token } from 'aws-cdk-lib';
import type { CustomDomainProps } from './props.ts';
import { type Problem, problemIf } from './refuse-problems.ts';

const HOST_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
/** The PIM stores an App's URLs in 255 characters. */
const LONGEST_DOMAIN = 255 - 'https:///callback'.length;

/** Everything about a custom domain that cannot be deployed; also called with unchecked values. */
export function domainProblems(domain: Partial<CustomDomainProps>): readonly Problem[] {
  const { domainName = '', certificate, hostedZone } = domain;
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
export function domainNameProblems(domainName: string): readonly Problem[] {
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
export function zoneProblems(domainName: string, zoneName: string): readonly Problem[] {
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
