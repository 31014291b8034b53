import type { Template } from 'aws-cdk-lib/assertions';
import type { Statement } from './policy-evaluator.ts';
import { resolver } from './resolve.ts';
import { resourcesOf, theResource } from './synthesis.ts';

/** The functions of the stack, each with a role of its own. */
export const ENDPOINTS = ['Activate', 'Callback', 'Health', 'Events'] as const;

/** One of {@link ENDPOINTS}, or what only a development stage has. */
export type Endpoint = (typeof ENDPOINTS)[number] | 'SimulatedPim';

/** The conditions of a right to use the token key, as {@link rightsIn} writes them. */
export const OF_A_CONNECTION =
  'ForAllValues:StringEquals kms:EncryptionContextKeys = pim, clientId | Null kms:EncryptionContext:pim = false | Null kms:EncryptionContext:clientId = false';

/** The conditions of a right to use the key of the client secrets, as {@link rightsIn} writes them. */
export const OF_A_CLIENT =
  'ForAllValues:StringEquals kms:EncryptionContextKeys = clientId | Null kms:EncryptionContext:clientId = false';

/** A statement as a policy has it, of a role or of a resource. */
export interface RawStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Statement['conditions'];
}

/** A policy of roles. */
export interface PolicyProperties {
  readonly Roles?: readonly string[];
  readonly PolicyDocument: { readonly Statement: readonly RawStatement[] };
}

/**
 * Every statement of every policy of the role of a function, with resources by their place in the stack.
 *
 * @throws {Error} if the role has managed policies or policies of its own, which would not be seen here.
 */
export function statementsOf(template: Template, endpoint: Endpoint | 'Login'): Statement[] {
  const resolve = resolver(template);
  const role = theResource(template, 'AWS::IAM::Role', `${endpoint}/Role`);
  for (const hidden of ['ManagedPolicyArns', 'Policies', 'PermissionsBoundary'])
    if (hidden in role.Properties) throw new Error(`The role of ${endpoint} has ${hidden}.`);
  return resourcesOf(template, 'AWS::IAM::Policy')
    .map(({ Properties }) => resolve(Properties) as PolicyProperties)
    .filter(({ Roles }) => Roles?.includes(role.name))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement.map(statement));
}

/** Each allowed action on each resource, with its conditions, one line each: what a reviewer reads. */
export function rightsOf(template: Template, endpoint: Endpoint | 'Login'): string[] {
  return rightsIn(statementsOf(template, endpoint));
}

/** The same of any statements. */
export function rightsIn(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ effect, actions, resources, conditions }) =>
    actions.flatMap((action) =>
      resources.map((target) =>
        [effect, action, target, ...conditionTexts(conditions)].join(' | '),
      ),
    ),
  );
}

/** A statement in the shape that the evaluator takes. */
export function statement({ Effect, Action, Resource, Condition = {} }: RawStatement): Statement {
  return {
    effect: Effect,
    actions: [Action].flat(),
    resources: [Resource].flat(),
    conditions: Condition,
  };
}

function conditionTexts(conditions: Statement['conditions']): string[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(
      ([key, values]) => `${operator} ${key} = ${[values].flat().join(', ')}`,
    ),
  );
}
