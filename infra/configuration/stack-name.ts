import type { Node } from 'constructs';
import { DEFAULT_STACK_NAME } from '../../functions/stack-outputs.ts';
import { text } from './context-values.ts';
import { type Problem, problemIf } from './refuse-problems.ts';

/** CloudFormation has no other names. */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

/** How the names of development stages end, and those of production never do. */
const DEVELOPMENT_END = 'Dev';

/** The name of the stack, `-c stackName=…`, which a second one in a region needs; by default one for each stage. */
export function readStackName(node: Node): string {
  const end = text(node, 'stage') === 'development' ? DEVELOPMENT_END : '';
  return text(node, 'stackName') ?? `${DEFAULT_STACK_NAME}${end}`;
}

/**
 * What is wrong with the name of a stack.
 *
 * The two stages have no name in common. Otherwise a `stackName` that is kept in `cdk.context.json` and one
 * `-c stage=development` turn production into a stack that can be destroyed, together with its tables.
 */
export function stackNameProblems(name: string, stage: unknown): readonly Problem[] {
  if (!STACK_NAME.test(name)) return [noStackName(name)];
  const isOfDevelopment = name.endsWith(DEVELOPMENT_END);
  return [
    ...problemIf(
      stage === 'development' && !isOfDevelopment,
      `stackName is ${JSON.stringify(name)}, which a production stack may have.`,
      `Name a development stack with ${DEVELOPMENT_END} at its end, such as -c stackName=${name}${DEVELOPMENT_END}.`,
    ),
    ...problemIf(
      (stage ?? 'production') === 'production' && isOfDevelopment,
      `stackName is ${JSON.stringify(name)}, but the stage is production.`,
      `Leave ${DEVELOPMENT_END} at its end out, or mark the deployment: -c stage=development.`,
    ),
  ];
}

function noStackName(name: string): Problem {
  return {
    what: `stackName is ${JSON.stringify(name)}.`,
    fix: 'Write a letter first, then letters, digits and hyphens, 128 at most.',
  };
}
