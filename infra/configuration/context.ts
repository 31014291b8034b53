import type { Node } from 'constructs';
import { assertDeployableStack } from './assert-deployable.ts';
import { decimal, flag, given, list, text } from './context-values.ts';
import type { DomainSettings } from './domain-settings.ts';
import { misspeltSettings } from './setting-names.ts';
import { DEFAULT_THROTTLE } from './settings.ts';
import { readStackName, stackNameProblems } from './stack-name.ts';
import type { AkeneoAppActivationStackProps } from './stack-props.ts';
import type { UncheckedStackProps, UncheckedThrottle } from './unchecked-props.ts';

/** The one stack that the context describes. */
export interface StackInContext {
  readonly stackName: string;
  readonly props: AkeneoAppActivationStackProps;
}

/**
 * What `cdk deploy -c name=value` gives (or `cdk.context.json`, or `context` in `cdk.json`), by the names in
 * `setting-names.ts`.
 *
 * @throws {RefusedConfiguration} naming every setting that cannot be deployed or is misspelt, and its fix.
 */
export function readContext(node: Node): StackInContext {
  const stackName = readStackName(node);
  const props = readProps(node);
  const problems = [...misspeltSettings(node), ...stackNameProblems(stackName, props.stage)];
  assertDeployableStack(props, problems);
  return { stackName, props };
}

/** What is given, word for word where a word has no meaning here. */
function readProps(node: Node): UncheckedStackProps {
  return {
    ...given('stage', text(node, 'stage')),
    ...given('alarmEmail', text(node, 'alarmEmail')),
    ...given('customDomain', domain(node)),
    ...given('healthCheck', healthCheck(node)),
    ...given('throttle', throttle(node)),
    ...given('memorySize', decimal(node, 'memorySize')),
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

/** One of the limits is enough; the other one keeps its default. */
function throttle(node: Node): UncheckedThrottle | undefined {
  const limits = {
    ...given('rateLimit', decimal(node, 'throttleRate')),
    ...given('burstLimit', decimal(node, 'throttleBurst')),
  };
  return Object.keys(limits).length > 0 ? { ...DEFAULT_THROTTLE, ...limits } : undefined;
}
