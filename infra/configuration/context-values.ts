import type { Node } from 'constructs';

/** How the context of the CDK gives a setting. */
export interface FromContext<Value = unknown> {
  readonly names: readonly string[];
  /** The value, word for word where a word has no meaning here; `undefined` when none of the names is given. */
  readonly read: (node: Node) => Value;
}

/** A setting as text, also where the settings file has a number or a switch; nothing when it is not given. */
export function textIn(node: Node, name: string): string | undefined {
  const value: unknown = node.tryGetContext(name);
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Text. */
export function text(name: string): FromContext {
  return { names: [name], read: (node) => textIn(node, name) };
}

/** A switch; word for word when it is neither `true` nor `false`. */
export function flag(name: string): FromContext {
  const read = (node: Node) => {
    const value = textIn(node, name);
    return value === 'true' || value === 'false' ? value === 'true' : value;
  };
  return { names: [name], read };
}

/** A number in decimal digits; word for word when it is none. */
export function decimal(name: string): FromContext {
  const read = (node: Node) => {
    const value = textIn(node, name);
    return value !== undefined && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  };
  return { names: [name], read };
}

/** Separated by commas, or a list in the settings file. */
export function list(name: string): FromContext {
  const read = (node: Node) => {
    const value: unknown = node.tryGetContext(name);
    return Array.isArray(value) ? value.map(String) : textIn(node, name)?.split(',');
  };
  return { names: [name], read };
}

/** The given values by other names, or nothing when none of them is given. */
export function object(
  members: Readonly<Record<string, FromContext>>,
): FromContext<Readonly<Record<string, unknown>> | undefined> {
  const read = (node: Node) => {
    const values = Object.entries(members).map(
      ([name, member]) => [name, member.read(node)] as const,
    );
    const given = values.filter(([, value]) => value !== undefined);
    return given.length > 0 ? Object.fromEntries(given) : undefined;
  };
  return { names: Object.values(members).flatMap(({ names }) => names), read };
}
