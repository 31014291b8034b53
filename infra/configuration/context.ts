import type { Node } from 'constructs';
import type { HealthCheckProps } from '../health/health-settings.ts';
import type { AkeneoAppActivationStackProps } from '../stack.ts';
import type { DomainSettings } from './domain-settings.ts';
import type { Stage } from './props.ts';
import { problemIf, refuseProblems } from './refuse-problems.ts';

/**
 * Reads what `cdk deploy -c name=value` says (or `context` in `cdk.json`): `stage`, `alarmEmail`, `healthCheck`,
 * `domainName`, `certificateArn`, `hostedZoneId`, `hostedZoneName`, `backEndAccounts`,
 * `dangerouslyAllowHttpPimOnLoopback`, `dangerouslyDestroyTables`.
 *
 * Nothing is checked here, and nothing is left out: a value that means nothing is passed on against its type, so that
 * the stack can name all problems at once.
 */
export function readContext(node: Node): AkeneoAppActivationStackProps {
  return {
    ...given('stage', text(node, 'stage') as Stage | undefined),
    ...given('alarmEmail', text(node, 'alarmEmail')),
    ...given('customDomain', domain(node)),
    ...given('healthCheck', healthCheck(node)),
    ...given('backEndAccounts', list(node, 'backEndAccounts')),
    ...onOrOff(node, 'dangerouslyAllowHttpPimOnLoopback'),
    ...onOrOff(node, 'dangerouslyDestroyTables'),
  };
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

/** One of the names is enough: a certificate without a domain is a domain that was forgotten. */
function domain(node: Node): DomainSettings | undefined {
  const names = {
    ...given('domainName', text(node, 'domainName')),
    ...given('certificateArn', text(node, 'certificateArn')),
    ...given('zoneId', text(node, 'hostedZoneId')),
    ...given('zoneName', text(node, 'hostedZoneName')),
  };
  return Object.keys(names).length > 0 ? { domainName: '', ...names } : undefined;
}

function healthCheck(node: Node): HealthCheckProps | undefined {
  const value = text(node, 'healthCheck');
  if (value === undefined || value === 'on') return undefined;
  return value === 'off' ? { enabled: false } : (value as unknown as HealthCheckProps);
}

function onOrOff<Name extends string>(node: Node, name: Name): { [name in Name]?: boolean } {
  const value = text(node, name);
  if (value === 'true' || value === 'false') return given(name, value === 'true');
  return given(name, value as boolean | undefined);
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [name in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [name in Name]: Value });
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
