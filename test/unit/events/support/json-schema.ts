import type { JsonSchema } from '../../../../functions/events/event-schemas.ts';
import { parseUrl } from '../../../../functions/pim/parse-url.ts';

/** Words that say something for people, not about values. */
const ANNOTATIONS = ['$schema', 'title', 'description'];

type Check = (schema: JsonSchema, value: unknown) => readonly string[];

const CHECKS: Readonly<Record<string, Check>> = {
  type: ({ type }, value) => when(typeOf(value) !== type, `is no ${type}`),
  enum: (schema, value) => when(!schema.enum?.some((one) => one === value), 'is not listed'),
  pattern: ({ pattern = '' }, value) =>
    when(!new RegExp(pattern).test(String(value)), `does not match ${pattern}`),
  format: ({ format }, value) => when(!hasFormat(String(value), format), `is no ${format}`),
  required: ({ required = [] }, value) =>
    required.filter((name) => !(name in record(value))).map((name) => `has no ${name}`),
  properties: ({ properties = {} }, value) =>
    Object.entries(properties).flatMap(([name, inner]) =>
      name in record(value) ? violations(inner, record(value)[name], name) : [],
    ),
  items: ({ items }, value) =>
    items && Array.isArray(value) ? value.flatMap((one) => violations(items, one, 'item')) : [],
};

/**
 * What a value does not keep of a schema; nothing if it is valid.
 *
 * @throws {Error} for a word of JSON Schema that it does not know, so that none is passed over.
 */
export function violations(schema: JsonSchema, value: unknown, name = 'event'): readonly string[] {
  const words = Object.keys(schema).filter((word) => !ANNOTATIONS.includes(word));
  return words.flatMap((word) => {
    const check = CHECKS[word];
    if (!check) throw new Error(`The validator does not know ${word}.`);
    return check(schema, value).map((problem) => `${name} ${problem}`);
  });
}

function when(isWrong: boolean, problem: string): readonly string[] {
  return isWrong ? [problem] : [];
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function hasFormat(text: string, format: JsonSchema['format']): boolean {
  if (format === 'uri') return parseUrl(text) !== undefined;
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text));
}
