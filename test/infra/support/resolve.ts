import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './synthesis.ts';

/** Turns the intrinsic functions of a template into text that names resources by their place. */
export type Resolve = (value: unknown) => unknown;

/**
 * `{ "Fn::GetAtt": ["ActivationFlows…", "Arn"] }` becomes `Flows/Table.Arn`, `{ "Ref": "AWS::Region" }`
 * becomes `<AWS::Region>`, and a `Fn::Join` the text that it makes.
 *
 * @throws {Error} for an intrinsic function that it does not know.
 */
export function resolver(template: Template): Resolve {
  const names = new Map(resourcesOf(template).map(({ logicalId, name }) => [logicalId, name]));
  const reference = (id: string) => names.get(id) ?? `<${id}>`;

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [name, argument] = entries[0] ?? [];
    if (entries.length === 1 && isIntrinsic(name)) return apply(name, resolve(argument));
    return Object.fromEntries(entries.map(([key, inner]) => [key, resolve(inner)]));
  }

  function apply(name: string, argument: unknown): string {
    if (name === 'Ref') return reference(String(argument));
    const [first, second] = argument as [string, string | string[]];
    if (name === 'Fn::Split') return `${String(second)} split at ${first}`;
    if (name === 'Fn::Select') return `<part ${first} of ${String(second)}>`;
    if (name === 'Fn::GetAtt') return `${reference(first)}.${String(second)}`;
    if (name === 'Fn::Join' && Array.isArray(second)) return second.join(first);
    throw new Error(`The resolver does not know ${name}.`);
  }

  return resolve;
}

function isIntrinsic(name: string | undefined): name is string {
  return name === 'Ref' || name?.startsWith('Fn::') === true;
}
