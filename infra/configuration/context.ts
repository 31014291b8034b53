import type { Node } from 'constructs';
import { closestName } from '../../functions/closest-name.ts';
import { DEFAULT_STACK_NAME } from '../../functions/stack-outputs.ts';
import { type AkeneoAppActivationStackProps, assertDeployableStack } from '../stack.ts';
import { textIn } from './context-values.ts';
import { type Problem, problemIf } from './problems.ts';
import { SETTINGS, type UncheckedProps } from './settings.ts';

/** The one stack that the context describes. */
export interface StackInContext {
  readonly stackName: string;
  readonly props: AkeneoAppActivationStackProps;
}

/** The same before anybody has checked it. */
export interface UncheckedStack {
  readonly stackName: string;
  readonly props: UncheckedProps;
  /** What is wrong with names: that of the stack, and those of settings. */
  readonly problems: readonly Problem[];
}

/**
 * What `cdk deploy -c name=value` gives, above the settings file.
 *
 * @param others problems from elsewhere, to be named in the same message.
 * @throws {RefusedConfiguration} naming every setting that cannot be deployed or is misspelt, and its fix.
 */
export function readContext(node: Node, others: readonly Problem[] = []): StackInContext {
  const { stackName, props, problems } = uncheckedContext(node);
  assertDeployableStack(props, [...others, ...problems]);
  return { stackName, props };
}

/** The same, whatever is wrong with it. */
export function uncheckedContext(node: Node): UncheckedStack {
  const stackName = readStackName(node);
  const values = Object.entries(SETTINGS).map(
    ([name, { context }]) => [name, context?.read(node)] as const,
  );
  const props: UncheckedProps = Object.fromEntries(
    values.filter(([, value]) => value !== undefined),
  );
  const problems = [...misspeltSettings(node), ...stackNameProblems(stackName, props.stage)];
  return { stackName, props, problems };
}

/** Every name that the settings file and `cdk deploy -c name=value` take; `docs/operate.md` says what each means. */
export const SETTING_NAMES: readonly string[] = [
  'stackName',
  ...Object.values(SETTINGS).flatMap(({ context }) => context?.names ?? []),
];

const BY_LOWER_CASE = new Map(SETTING_NAMES.map((name) => [name.toLowerCase(), name]));

/** Keys of the CDK itself: feature flags, options of its command line, and what it has looked up in an account. */
const OF_THE_CDK = /[@:]|^cdk-/;

/**
 * The context keys that are nearly the name of a setting. The CDK knows no list of keys, so a misspelt one would be
 * ignored, and the setting would keep its default. Other keys pass.
 */
export function misspeltSettings(node: Node): readonly Problem[] {
  const given = new Set(Object.keys(node.getAllContext()));
  for (const name of SETTING_NAMES) given.delete(name);
  return [...given].flatMap((key) => {
    const meant = settingMeantBy(key);
    const fix = `Write ${meant}, or leave ${key} out.`;
    return problemIf(meant !== undefined, `${key} is no setting.`, fix);
  });
}

/** The setting whose name the key nearly is. */
export function settingMeantBy(key: string): string | undefined {
  if (OF_THE_CDK.test(key)) return undefined;
  return BY_LOWER_CASE.get(closestName(key, BY_LOWER_CASE.keys()) ?? '');
}

/** CloudFormation has no other names. */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

/** How the names of development stages end, and those of production never do. */
const DEVELOPMENT_END = 'Dev';

/** The name of the stack, `-c stackName=…`, which a second one in a region needs; by default one for each stage. */
function readStackName(node: Node): string {
  const end = textIn(node, 'stage') === 'development' ? DEVELOPMENT_END : '';
  return textIn(node, 'stackName') ?? `${DEFAULT_STACK_NAME}${end}`;
}

/**
 * What is wrong with the name of a stack.
 *
 * The two stages have no name in common. Otherwise a `stackName` that is kept in the settings file and one
 * `-c stage=development` turn production into a stack that can be destroyed, together with its tables.
 */
export function stackNameProblems(name: string, stage: unknown): readonly Problem[] {
  const what = `stackName is ${JSON.stringify(name)}`;
  if (!STACK_NAME.test(name)) {
    const fix = 'Write a letter first, then letters, digits and hyphens, 128 at most.';
    return [{ what: `${what}.`, fix }];
  }
  const isOfDevelopment = name.endsWith(DEVELOPMENT_END);
  return [
    ...problemIf(
      stage === 'development' && !isOfDevelopment,
      `${what}, which a production stack may have.`,
      `Name a development stack with ${DEVELOPMENT_END} at its end, such as -c stackName=${name}${DEVELOPMENT_END}.`,
    ),
    ...problemIf(
      (stage ?? 'production') === 'production' && isOfDevelopment,
      `${what}, but the stage is production.`,
      `Leave ${DEVELOPMENT_END} at its end out, or mark the deployment: -c stage=development.`,
    ),
  ];
}
