import type { Finding } from '../../../../cli/finding.ts';
import { operateJson } from './operate.ts';

/** The findings of a preflight, by what they check. */
export async function preflight(...argv: readonly string[]): Promise<Record<string, Finding>> {
  // The command's own output is what is tested; its shape is asserted once, in preflight.test.ts.
  const found = (await operateJson(['preflight', ...argv])) as Finding[];
  return Object.fromEntries(found.map((finding) => [finding.check, finding]));
}

/** A custom domain in a hosted zone. */
export const DOMAIN = {
  domainName: 'connect.example.com',
  certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1',
  hostedZoneId: 'Z1',
  hostedZoneName: 'example.com',
};

/** A deployed stack as CloudFormation describes it. */
export function stackXml(status: string, more = '', output = 'ActivateUrl'): string {
  return `<Stacks><member><StackName>AkeneoAppActivation</StackName><StackStatus>${status}</StackStatus><CreationTime>2030-01-01T00:00:00Z</CreationTime>${more}<Outputs><member><OutputKey>${output}</OutputKey><OutputValue>x</OutputValue></member></Outputs></member></Stacks>`;
}

/** A deployed template with these resources. */
export function templateXml(...resources: readonly (readonly [string, object])[]): string {
  const Resources = Object.fromEntries(
    resources.map(([Type, Properties], index) => [`R${index}`, { Type, Properties }]),
  );
  return `<TemplateBody>${JSON.stringify({ Resources }).replaceAll('"', '&quot;')}</TemplateBody>`;
}
