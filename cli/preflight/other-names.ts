import {
  type CloudWatchClient,
  GetDashboardCommand,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { type DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { type KMSClient, paginateListAliases } from '@aws-sdk/client-kms';
import { paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm';
import { STACK_OUTPUTS, type StackOutput } from '../../functions/stack-outputs.ts';
import { alarmName, dashboardName, keyAlias, outputParameter } from '../../infra/fixed-names.ts';
import { CAUSE_ALARMS, SERVICE_ALARMS } from '../../infra/monitoring/alarms.ts';
import { docs } from '../../terminal/called.ts';
import { type Finding, fail, pass, warning } from '../finding.ts';

/** The names that a deployment takes, by what has them. */
export interface TakenNames {
  readonly aliases: readonly string[];
  readonly parameters: readonly string[];
  readonly alarms: readonly string[];
}

/** Every name that a stack takes in its account and region, but for that of the dashboard and of its domain. */
export function takenNames(stackName: string): TakenNames {
  // `Object.keys` forgets the literal keys of the record.
  const outputs = Object.keys(STACK_OUTPUTS) as StackOutput[];
  const alarms = [
    ...Object.values(CAUSE_ALARMS).map(({ name }) => name),
    ...Object.keys(SERVICE_ALARMS),
  ];
  return {
    aliases: [
      `alias/${keyAlias(stackName, 'tokens')}`,
      `alias/${keyAlias(stackName, 'client-secrets')}`,
    ],
    parameters: outputs.map((output) => outputParameter(stackName, output)),
    alarms: alarms.map((alarm) => alarmName(stackName, alarm)),
  };
}

/** Checks that no key has an alias that the deployment makes. */
export async function checkAliases(client: KMSClient, stackName: string): Promise<Finding> {
  const found: (string | undefined)[] = [];
  for await (const { Aliases = [] } of paginateListAliases({ client }, {}))
    found.push(...Aliases.map(({ AliasName }) => AliasName));
  return unlessTaken('Key aliases', takenNames(stackName).aliases, found);
}

/** Checks that there is no parameter that the deployment makes. */
export async function checkParameters(client: SSMClient, stackName: string): Promise<Finding> {
  const { parameters } = takenNames(stackName);
  const Path = parameters[0]?.replace(/[^/]*$/, '');
  const found: (string | undefined)[] = [];
  for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, { Path }))
    found.push(...Parameters.map(({ Name }) => Name));
  return unlessTaken('Parameters', parameters, found);
}

/** Checks that there is no alarm that the deployment makes. */
export async function checkAlarms(client: CloudWatchClient, stackName: string): Promise<Finding> {
  const found: (string | undefined)[] = [];
  const AlarmNamePrefix = alarmName(stackName, '');
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, { AlarmNamePrefix }))
    found.push(...MetricAlarms.map(({ AlarmName }) => AlarmName));
  return unlessTaken('Alarms', takenNames(stackName).alarms, found);
}

/** Checks that there is no dashboard of the name that the deployment gives its own. */
export async function checkDashboard(
  client: CloudWatchClient,
  stackName: string,
  region: string,
): Promise<Finding> {
  const DashboardName = dashboardName(stackName, region);
  const isTaken = await client.send(new GetDashboardCommand({ DashboardName })).then(
    () => true,
    (error: unknown) => {
      if (/^(ResourceNotFound|DashboardNotFoundError)/.test(String(Object(error).name)))
        return false;
      throw error;
    },
  );
  return unlessTaken('Dashboard', [DashboardName], isTaken ? [DashboardName] : []);
}

function unlessTaken(
  check: string,
  names: readonly string[],
  found: readonly (string | undefined)[],
): Finding {
  const taken = names.filter((name) => found.includes(name));
  const [first] = names;
  if (taken.length === 0)
    return pass(
      check,
      names.length > 1
        ? `the ${names.length} names, such as ${first}, are free`
        : `${first} is free`,
    );
  return fail(
    check,
    `taken: ${taken.join(', ')}`,
    'Delete what has these names if nobody needs it, or choose another name for the stack: -c stackName=<name>.',
  );
}

/**
 * Looks for tables that an earlier stack of the name has left behind. They stop no deployment, but whoever expects to
 * find the connections again is told that a new stack does not read them.
 */
export async function checkLeftTables(client: DynamoDBClient, stackName: string): Promise<Finding> {
  const check = 'Earlier tables';
  const prefix = `${stackName}-Activation`;
  const command = new ListTablesCommand({ ExclusiveStartTableName: prefix });
  const { TableNames = [] } = await client.send(command);
  const left = TableNames.filter((name) => name.startsWith(prefix));
  if (left.length === 0) return pass(check, `no earlier stack ${stackName} has left any`);
  return warning(
    check,
    `an earlier stack ${stackName} has left ${left.join(', ')}`,
    `A deployment makes new tables and does not read these. How to delete them: ${docs('operate.md#remove')}`,
  );
}
