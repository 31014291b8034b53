import type { Node } from 'constructs';
import { assertDeployableStack } from './assert-deployable.ts';
import type { DomainSettings } from './domain-settings.ts';
import { problemIf, refuseProblems } from './refuse-problems.ts';
import type { AkeneoAppActivationStackProps } from './stack-props.ts';
import type { UncheckedStackProps } from './unchecked-props.ts';

/**
 * The props that `cdk deploy -c name=value` gives (or `context` in `cdk.json`): `stage`, `alarmEmail`, `healthCheck`,
 * `domainName`, `certificateArn`, `hostedZoneId`, `hostedZoneName`, `backEndAccounts`,
 * `dangerouslyAllowHttpPimOnLoopback`, `dangerouslyDestroyTables`.
 *
 * @throws {RefusedConfiguration} naming every setting that cannot be deployed and its fix.
 */
export function readContext(node: Node): AkeneoAppActivationStackProps {
  const settings = readSettings(node);
  assertDeployableStack(settings);
  return settings;
}

/**
 * The name of the stack, `-c stackName=…`: a second one in a region needs another name.
 *
 * A development stage has another by default, so that a forgotten setting never turns production into a stack that
 * can be destroyed.
 *
 * @throws {RefusedConfiguration} when CloudFormation has no such names.
 */
export function readStackName(node: Node): string {
  const isDevelopment = text(node, 'stage') === 'development';
  const byDefault = isDevelopment ? 'AkeneoAppActivationDev' : 'AkeneoAppActivation';
  const name = text(node, 'stackName') ?? byDefault;
  refuseProblems(
    problemIf(
      !/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name),
      `stackName is ${JSON.stringify(name)}.`,
      'Write a letter first, then letters, digits and hyphens, 128 at most.',
    ),
  );
  return name;
}

/** What is given, word for word where a word has no meaning here. */
function readSettings(node: Node): UncheckedStackProps {
  return {
    ...given('stage', text(node, 'stage')),
    ...given('alarmEmail', text(node, 'alarmEmail')),
    ...given('customDomain', domain(node)),
    ...given('healthCheck', healthCheck(node)),
    ...given('backEndAccounts', list(node, 'backEndAccounts')),
    ...given('dangerouslyAllowHttpPimOnLoopback', flag(node, 'dangerouslyAllowHttpPimOnLoopback')),
    ...given('dangerouslyDestroyTables', flag(node, 'dangerouslyDestroyTables')),
  };
}

/** One of the names is enough: a certificate without a domain is a domain that was forgotten. */
function domain(node: Node): Partial<DomainSettings> | undefined {
  const names = {
    ...given('domainName', text(node, 'domainName')),
    ...given('certificateArn', text(node, 'certificateArn')),
    ...given('zoneId', text(node, 'hostedZoneId')),
    ...given('zoneName', text(node, 'hostedZoneName')),
  };
  return Object.keys(names).length > 0 ? names : undefined;
}

function healthCheck(node: Node): unknown {
  const value = text(node, 'healthCheck');
  if (value === 'on') return undefined;
  return value === 'off' ? { enabled: false } : value;
}

function flag(node: Node, name: string): unknown {
  const value = text(node, name);
  return value === 'true' || value === 'false' ? value === 'true' : value;
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [name in Name]?: Value } {
  if (value === undefined) return {};
  // TypeScript takes a computed key for any string, although its type is the one name.
  return { [name]: value } as { [name in Name]: Value };
}

/** Separated by commas, or a list in `cdk.context.json`. */
function list(node: Node, name: string): readonly string[] | undefined {
  const value: unknown = node.tryGetContext(name);
  return Array.isArray(value) ? value.map(String) : text(node, name)?.split(',');
}

function text(node: Node, name: string): string | undefined {
  const value: unknown = node.tryGetContext(name);
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
