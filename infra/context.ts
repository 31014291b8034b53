import type { Node } from 'constructs';
import type { Stage } from './props.ts';
import type { AkeneoAppActivationStackProps } from './stack.ts';

/**
 * Reads what `cdk deploy -c name=value` says (or `context` in `cdk.json`): `stage`, `alarmEmail`,
 * `domainName`, `certificateArn`, `hostedZoneId`, `hostedZoneName`, `dangerouslyAllowHttpPimOnLoopback`,
 * `dangerouslyDestroyTables`. Nothing is checked here, so that the stack can name all problems at once.
 */
export function readContext(node: Node): AkeneoAppActivationStackProps {
  const domainName = text(node, 'domainName');
  return {
    // Any other text is refused by the stack.
    ...given('stage', text(node, 'stage') as Stage | undefined),
    ...given('alarmEmail', text(node, 'alarmEmail')),
    ...given('customDomain', domainName === undefined ? undefined : { domainName, ...zone(node) }),
    ...given('healthCheck', text(node, 'healthCheck') === 'off' ? { enabled: false } : undefined),
    dangerouslyAllowHttpPimOnLoopback: isOn(node, 'dangerouslyAllowHttpPimOnLoopback'),
    dangerouslyDestroyTables: isOn(node, 'dangerouslyDestroyTables'),
  };
}

/** The name of the stack, `-c stackName=…`: a second one in a region needs another name. */
export function readStackName(node: Node): string {
  return text(node, 'stackName') ?? 'AkeneoAppActivation';
}

function zone(node: Node): { certificateArn?: string; zoneId?: string; zoneName?: string } {
  return {
    ...given('certificateArn', text(node, 'certificateArn')),
    ...given('zoneId', text(node, 'hostedZoneId')),
    ...given('zoneName', text(node, 'hostedZoneName')),
  };
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [name in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [name in Name]: Value });
}

function text(node: Node, name: string): string | undefined {
  const value: unknown = node.tryGetContext(name);
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Only for exactly `true`, as on the functions. */
function isOn(node: Node, name: string): boolean {
  return text(node, name) === 'true';
}
