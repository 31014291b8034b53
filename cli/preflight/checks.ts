// First: whatever else is loaded needs what this looks for.
import '../../infra/peers.ts';

import { ACMClient } from '@aws-sdk/client-acm';
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import type { Stack as DescribedStack } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { DomainSettings } from '../../infra/custom-domain.ts';
import { checkConcurrency, checkReservation, readConcurrency } from '../concurrency.ts';
import { deployedResources, type Resource } from '../deployed-resources.ts';
import type { Finding } from '../finding.ts';
import type { Account, GlobalFlags } from '../session.ts';
import { describeStack } from '../stack.ts';
import { checkBootstrap } from './bootstrap.ts';
import { type Check, make, RIGHTS } from './check.ts';
import { type Identity, identify } from './credentials.ts';
import {
  checkCertificate,
  checkDomainName,
  checkHostedZone,
  checkRecord,
  zoneOf,
} from './domain.ts';
import { checkLogDelivery } from './log-delivery.ts';
import {
  checkAlarms,
  checkAliases,
  checkDashboard,
  checkLeftTables,
  checkParameters,
} from './other-names.ts';
import { type Plan, readPlan } from './plan.ts';
import { type Commands, checkStackName, hasResources } from './stack-name.ts';

/** How the account is chosen, and the settings of the command line. */
export interface PreflightInput extends Pick<GlobalFlags, 'profile' | 'region'> {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly commands: Commands;
}

/** What the checks share. */
interface Target {
  readonly account: Account;
  readonly plan: Plan;
  readonly accountId: Identity['accountId'];
  readonly region: string;
  readonly commands: Commands;
  /** The stack that has the name already. */
  readonly earlier: Promise<DescribedStack | undefined>;
  /** What that stack consists of; nothing without one, or where nobody may read it. */
  readonly own: Promise<readonly Resource[]>;
}

/**
 * Runs every check and yields what each has found, in an order for reading. One that fails hides no other; only without
 * usable credentials there is nothing to ask.
 */
export async function* preflightFindings(
  account: Account,
  { commands, ...input }: PreflightInput,
): AsyncGenerator<Finding> {
  const plan = readPlan(input.settings);
  yield* plan.findings;
  const { findings, region, isUsable, accountId } = await identify(account, input);
  yield* findings;
  if (region === undefined || !isUsable) return;
  const { cloudFormation } = account.clients;
  const earlier = describeStack(cloudFormation, plan.stackName);
  const resources = earlier.then((stack) =>
    hasResources(stack) ? deployedResources(cloudFormation, plan.stackName) : [],
  );
  const own = resources.catch(() => []);
  const target: Target = { account, plan, region, accountId, commands, earlier, own };
  const checks = [
    ...accountChecks(target),
    ...stackChecks(target, resources),
    ...nameChecks(target),
    ...domainChecks(target),
  ];
  for (const made of checks.map(make)) yield* await made;
}

function accountChecks(target: Target): readonly Check[] {
  const { account, accountId, plan, commands, region } = target;
  const ssm = new SSMClient(account.clientConfig);
  const logs = new CloudWatchLogsClient(account.clientConfig);
  const place = accountId === undefined ? '' : ` aws://${accountId}/${region}`;
  const bootstrap = commands.cdk(`bootstrap${place}`);
  return [
    {
      name: 'CDK bootstrap',
      right: RIGHTS.bootstrap,
      run: () => checkBootstrap(ssm, plan.qualifier, bootstrap),
    },
    {
      name: 'Concurrency',
      right: RIGHTS.concurrency,
      run: () => concurrencyFindings(target),
    },
    { name: 'Access log', right: RIGHTS.logDelivery, run: () => checkLogDelivery(logs) },
  ];
}

async function concurrencyFindings({ account, plan, own }: Target): Promise<readonly Finding[]> {
  const concurrency = await readConcurrency(account.clients.lambda);
  const ofAccount = checkConcurrency(concurrency);
  const { reservedConcurrency: reserved } = plan;
  if (concurrency === undefined || reserved === undefined) return [ofAccount];
  return [ofAccount, checkReservation(concurrency, reserved, reservedBy(await own))];
}

/** How much of the account's concurrency the functions of a deployed stack keep. */
function reservedBy(resources: readonly Resource[]): number {
  const reserved = resources.map(({ properties }) =>
    Number(properties['ReservedConcurrentExecutions'] ?? 0),
  );
  return reserved.reduce((sum, one) => sum + one, 0);
}

function stackChecks(
  { plan, commands, earlier }: Target,
  resources: Promise<readonly Resource[]>,
): readonly Check[] {
  return [
    {
      name: 'Stack name',
      right: RIGHTS.stack,
      run: async () => checkStackName(plan.stackName, await earlier, commands),
    },
    {
      name: 'Deployed template',
      right: RIGHTS.template,
      run: async () => {
        // What keeps the stack itself from being read is told by the check above.
        if (hasResources(await earlier.catch(() => undefined))) await resources;
        return [];
      },
    },
  ];
}

/** A stack that is there has these names itself, so nothing is asked then. */
function nameChecks({ account, plan, region, earlier }: Target): readonly Check[] {
  const { kms, dynamoDb } = account.clients;
  const ssm = new SSMClient(account.clientConfig);
  const cloudWatch = new CloudWatchClient(account.clientConfig);
  const { stackName } = plan;
  const dashboard = {
    name: 'Dashboard',
    right: RIGHTS.dashboard,
    run: () => checkDashboard(cloudWatch, stackName, region),
  };
  const checks: readonly Check[] = [
    { name: 'Key aliases', right: RIGHTS.aliases, run: () => checkAliases(kms, stackName) },
    { name: 'Parameters', right: RIGHTS.parameters, run: () => checkParameters(ssm, stackName) },
    { name: 'Alarms', right: RIGHTS.alarms, run: () => checkAlarms(cloudWatch, stackName) },
    ...(plan.hasDashboard ? [dashboard] : []),
    {
      name: 'Earlier tables',
      right: RIGHTS.tables,
      run: () => checkLeftTables(dynamoDb, stackName),
    },
  ];
  return checks.map(({ run, ...check }) => ({
    ...check,
    run: async () => (hasResources(await earlier.catch(() => undefined)) ? [] : run()),
  }));
}

function domainChecks({ account, plan, region, accountId, own }: Target): readonly Check[] {
  const { domain } = plan;
  if (!domain) return [];
  const acm = new ACMClient(account.clientConfig);
  const apiGateway = new ApiGatewayV2Client(account.clientConfig);
  const { domainName } = domain;
  return [
    {
      name: 'Certificate',
      right: RIGHTS.certificate,
      run: () => checkCertificate(acm, domain, { region, accountId }),
    },
    {
      name: 'Domain name',
      right: RIGHTS.domainName,
      run: async () => checkDomainName(apiGateway, domainName, await own),
    },
    ...zoneChecks(new Route53Client(account.clientConfig), domain, own),
  ];
}

function zoneChecks(
  route53: Route53Client,
  domain: DomainSettings,
  own: Target['own'],
): readonly Check[] {
  const zone = zoneOf(domain);
  if (!zone) return [];
  return [
    { name: 'Hosted zone', right: RIGHTS.hostedZone, run: () => checkHostedZone(route53, zone) },
    {
      name: 'DNS record',
      right: RIGHTS.record,
      run: async () => checkRecord(route53, zone, domain.domainName, await own),
    },
  ];
}
