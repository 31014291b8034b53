import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOOTSTRAP_QUALIFIER_CONTEXT, DefaultStackSynthesizer } from 'aws-cdk-lib';
import { type Node, RootConstruct } from 'constructs';
import { parseJsonObject } from '../../functions/pim/send.ts';
import { senderProblems } from '../../infra/akeneo-app-activation.ts';
import { SETTING_NAMES, uncheckedContext } from '../../infra/configuration/context.ts';
import { isAboveZero } from '../../infra/configuration/problems.ts';
import type { UncheckedProps } from '../../infra/configuration/settings.ts';
import { readSettingsFile } from '../../infra/configuration/settings-file.ts';
import type { DomainSettings } from '../../infra/custom-domain.ts';
import { stackProblems } from '../../infra/stack.ts';
import { type Finding, fail, pass } from '../finding.ts';

/** What is going to be deployed, as far as an account has to be fit for it. */
export interface Plan {
  readonly stackName: string;
  /** Of each endpoint. */
  readonly reservedConcurrency: number | undefined;
  readonly domain: DomainSettings | undefined;
  readonly hasDashboard: boolean;
  /** Which of the account's bootstrap stacks is used. */
  readonly qualifier: string;
  /** What is wrong with the settings, or what they are. */
  readonly findings: readonly Finding[];
}

/**
 * Reads the settings as `cdk deploy` does in the same folder.
 *
 * @param given those of the command line, which win.
 */
export function readPlan(given: Readonly<Record<string, unknown>>, folder = process.cwd()): Plan {
  const file = readSettingsFile(folder);
  const node = contextNode({ ...file.settings, ...contextOfTheCdk(folder), ...given });
  const { stackName, props, problems } = uncheckedContext(node);
  const all = [
    ...file.problems,
    ...problems,
    ...stackProblems(props),
    ...senderProblems(stackName, props),
  ];
  const { reservedConcurrency, monitoring } = props;
  return {
    stackName,
    reservedConcurrency: isAboveZero(reservedConcurrency) ? reservedConcurrency : undefined,
    domain: domainOf(props),
    hasDashboard: monitoring === 'full',
    qualifier: String(
      node.tryGetContext(BOOTSTRAP_QUALIFIER_CONTEXT) ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER,
    ),
    findings:
      all.length > 0
        ? all.map(({ what, fix }) => fail(CHECK, what, fix))
        : [pass(CHECK, summary(stackName, props, node))],
  };
}

const CHECK = 'Settings';

function contextNode(context: Readonly<Record<string, unknown>>): Node {
  const { node } = new RootConstruct();
  for (const [name, value] of Object.entries(context)) node.setContext(name, value);
  return node;
}

/** The context in the CDK's own file of settings, which wins over ours. */
function contextOfTheCdk(folder: string): object {
  const file = join(folder, 'cdk.json');
  const { context } = existsSync(file) ? parseJsonObject(readFileSync(file, 'utf8')) : {};
  return Object(context);
}

/** Only a domain of which the names are there: what is wrong with any other is told by the settings. */
function domainOf({ customDomain }: UncheckedProps): DomainSettings | undefined {
  const { domainName, certificateArn, zoneId, zoneName }: Partial<DomainSettings> =
    Object(customDomain);
  if (!domainName || !certificateArn) return undefined;
  const hasZone = zoneId !== undefined && zoneName !== undefined;
  return { domainName, certificateArn, ...(hasZone && { zoneId, zoneName }) };
}

function summary(stackName: string, { stage = 'production' }: UncheckedProps, node: Node): string {
  const chosen = SETTING_NAMES.filter((name) => node.tryGetContext(name) !== undefined);
  const named =
    chosen.length > 0 ? `chosen: ${chosen.join(', ')}` : 'every setting has its default';
  return `stack ${stackName} for ${String(stage)}; ${named}`;
}
