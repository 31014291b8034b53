import type { Node } from 'constructs';
import type { SettingName } from './setting-names.ts';

/** A setting as text, also where `cdk.context.json` has a number or a switch; nothing when it is not given. */
export function text(node: Node, name: SettingName): string | undefined {
  const value: unknown = node.tryGetContext(name);
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A switch; word for word when it is neither `true` nor `false`. */
export function flag(node: Node, name: SettingName): unknown {
  const value = text(node, name);
  return value === 'true' || value === 'false' ? value === 'true' : value;
}

/** A number in decimal digits; word for word when it is none. */
export function decimal(node: Node, name: SettingName): unknown {
  const value = text(node, name);
  return value !== undefined && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

/** Separated by commas, or a list in `cdk.context.json`. */
export function list(node: Node, name: SettingName): readonly string[] | undefined {
  const value: unknown = node.tryGetContext(name);
  return Array.isArray(value) ? value.map(String) : text(node, name)?.split(',');
}

/** An object with the value under that name, or one without the name. */
export function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [name in Name]?: Value } {
  if (value === undefined) return {};
  // TypeScript takes a computed key for any string, although its type is the one name.
  return { [name]: value } as { [name in Name]: Value };
}
