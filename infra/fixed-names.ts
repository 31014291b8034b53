import type { StackOutput } from '../functions/stack-outputs.ts';

/*
 * The names that a stack takes in its account and region, each made of its own name. A second holder of one stops a
 * deployment, so `preflight` looks for them. All other names are made by CloudFormation. Nothing of the CDK is imported.
 */

/** The alias of a key, without `alias/`. */
export function keyAlias(stackName: string, key: 'tokens' | 'client-secrets'): string {
  return `${stackName}/${key}`;
}

/** The parameter of Systems Manager that holds an output. */
export function outputParameter(stackName: string, output: StackOutput): string {
  return `/akeneo-app-activation/${stackName}/${output}`;
}

/** An alarm, by its name in `alarms.ts`. */
export function alarmName(stackName: string, alarm: string): string {
  return `${stackName}-${alarm}`;
}

/** The dashboard. Those of all regions share one list of names. */
export function dashboardName(stackName: string, region: string): string {
  return `${stackName}-${region}`;
}
