/**
 * Rows of DynamoDB in plain data: what an attribute is, how a row is read and how it is written. The four
 * tables are declared by these words in the files beside this one, and nowhere else.
 */
import { type Malformed, malformed } from '../pim/malformed.ts';
import { formatScope, parseScope, type ScopeSet } from '../pim/scopes.ts';

/** A value to write, as DynamoDB takes it. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: Uint8Array };

/** A row, or a part of one, to write. */
export type Item = Record<string, AttributeValue>;

/** A value that was read; the SDK's and the stream's both fit. */
export interface StoredValue {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: Uint8Array | string | undefined;
}

/** A row that was read. Somebody may have changed it by hand, so nothing of it is certain but its key. */
export type StoredRow = Readonly<Record<string, StoredValue | undefined>>;

/** How one attribute is stored. */
export interface Attribute<Value> {
  /** Its type in DynamoDB. */
  readonly type: 'S' | 'N' | 'B';
  /** `undefined` when it is not what this attribute holds. */
  decode(stored: StoredValue): Value | undefined;
  encode(value: Value): AttributeValue;
  /** Whether a row may be without it. */
  readonly optional?: boolean;
  /** Whether a value that cannot be read counts as absent, because nothing depends on it. */
  readonly ignorable?: boolean;
}

/** What a table consists of. */
export interface Table {
  /** For messages; the deployed table has a name of its own. */
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly attributes: Readonly<Record<string, Attribute<unknown>>>;
}

/** The name of an attribute. */
export type AttributeName<T extends Table> = keyof T['attributes'] & string;

type ValueOf<A> = A extends Attribute<infer V> ? V : never;
type OptionalName<T extends Table> = {
  [N in AttributeName<T>]: T['attributes'][N] extends { readonly optional: true } ? N : never;
}[AttributeName<T>];

/** The values of some attributes of a row, by default of all. */
export type Row<T extends Table, N extends AttributeName<T> = AttributeName<T>> = {
  readonly [K in Exclude<N, OptionalName<T>>]: ValueOf<T['attributes'][K]>;
} & { readonly [K in N & OptionalName<T>]?: ValueOf<T['attributes'][K]> };

/** Reads the named attributes and looks at no other. The problem names the first unusable one, never its value. */
export function readRow<const T extends Table, const N extends AttributeName<T>>(
  table: T,
  row: StoredRow,
  names: readonly N[],
): Row<T, N> | Malformed {
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const attribute = table.attributes[name];
    const stored = row[name];
    const value = stored && attribute?.decode(stored);
    if (value !== undefined) values[name] = value;
    else if (stored ? !attribute?.ignorable : !attribute?.optional)
      return malformed(`A row of ${table.name} has no usable "${name}".`);
  }
  // Each value comes from the decoder of its own attribute, and the loop has ended for a missing one.
  return values as Row<T, N>;
}

/** The values as they are stored; one that is `undefined` is left out. */
export function toItem<const T extends Table>(table: T, values: Partial<Row<T>>): Item {
  const item: Item = {};
  for (const [name, value] of Object.entries(values)) {
    const encoded = value === undefined ? undefined : table.attributes[name]?.encode(value);
    if (encoded) item[name] = encoded;
  }
  return item;
}

/** The same attribute, which a row may be without. */
export function optional<V>(attribute: Attribute<V>) {
  return { ...attribute, optional: true } as const;
}

/** The same attribute, which a row may be without, and whose value is passed over when it cannot be read. */
export function ignorable<V>(attribute: Attribute<V>) {
  return { ...attribute, optional: true, ignorable: true } as const;
}

/** Text. */
export const TEXT: Attribute<string> = { type: 'S', decode: ({ S }) => S, encode: text };

/** A number. */
export const NUMBER: Attribute<number> = {
  type: 'N',
  decode: ({ N }) => (N === undefined ? undefined : Number(N)),
  encode: number,
};

/** Bytes. */
export const BYTES: Attribute<Uint8Array> = {
  type: 'B',
  decode: ({ B }) => (B instanceof Uint8Array ? B : undefined),
  encode: (value) => ({ B: value }),
};

/** Epoch milliseconds, stored in ISO 8601. */
export const TIME: Attribute<number> = {
  type: 'S',
  decode: ({ S = '' }) => numberOrNothing(Date.parse(S)),
  encode: time,
};

/** Epoch milliseconds, stored in whole epoch seconds. */
export const EPOCH_SECONDS: Attribute<number> = {
  type: 'N',
  decode: ({ N }) => (N === undefined ? undefined : Number(N) * 1000),
  encode: seconds,
};

/** A set of scopes, stored as a `scope` parameter is written. */
export const SCOPES: Attribute<ScopeSet> = {
  type: 'S',
  decode: ({ S }) => (S === undefined ? undefined : parseScope(S)),
  encode: (scopes) => text(formatScope(scopes)),
};

/** One of several words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Attribute<Word> {
  return { type: 'S', decode: ({ S }) => words.find((word) => word === S), encode: text };
}

function numberOrNothing(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

/** A text attribute. */
export function text(value: string): AttributeValue {
  return { S: value };
}

/** A number attribute. */
export function number(value: number): AttributeValue {
  return { N: String(value) };
}

/** ISO 8601 in UTC with milliseconds. It is readable in the console, and its order as text is its order in time. */
export function time(epochMs: number): AttributeValue {
  return text(new Date(epochMs).toISOString());
}

/** Whole epoch seconds, as DynamoDB's time to live wants them. */
export function seconds(epochMs: number): AttributeValue {
  return number(Math.floor(epochMs / 1000));
}
