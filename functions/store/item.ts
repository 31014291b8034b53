import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** A DynamoDB item as the low-level client has it. */
export type Item = Record<string, AttributeValue>;

/**
 * Reads an item attribute by attribute, so that a row of the wrong shape is named instead of becoming
 * an `undefined` somewhere else. Messages hold the table's and the attribute's name, never a value.
 */
export class ItemReader {
  readonly #row: Item;
  readonly #table: string;

  constructor(table: string, row: Item) {
    this.#table = table;
    this.#row = row;
  }

  /** @throws {TypeError} naming the attribute that is absent or of another type. */
  text(name: string): string {
    return this.optionalText(name) ?? this.#fail(name);
  }

  /** `undefined` when it is absent or of another type. */
  optionalText(name: string): string | undefined {
    return this.#row[name]?.S;
  }

  /** @throws {TypeError} naming the attribute that is absent or of another type. */
  number(name: string): number {
    const value = this.#row[name]?.N;
    return value === undefined ? this.#fail(name) : Number(value);
  }

  /** @throws {TypeError} naming the attribute that is absent or of another type. */
  bytes(name: string): Uint8Array {
    return this.#row[name]?.B ?? this.#fail(name);
  }

  /** Epoch milliseconds of an ISO 8601 attribute. @throws {TypeError} naming it when it is not usable. */
  time(name: string): number {
    const epochMs = Date.parse(this.text(name));
    return Number.isNaN(epochMs) ? this.#fail(name) : epochMs;
  }

  #fail(name: string): never {
    throw new TypeError(`A row of ${this.#table} has no usable "${name}".`);
  }
}

/** Leaves out what is `undefined`. */
export function item(attributes: Record<string, AttributeValue | undefined>): Item {
  const present = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as Item;
}

/** A text attribute. */
export function text(value: string): AttributeValue {
  return { S: value };
}

/** A text attribute, or none; for {@link item}. */
export function optionalText(value: string | undefined): AttributeValue | undefined {
  return value === undefined ? undefined : text(value);
}

/** A number attribute. */
export function number(value: number): AttributeValue {
  return { N: String(value) };
}

/** ISO 8601 in UTC with milliseconds: readable in the console, and sorted as text it is sorted in time. */
export function time(epochMs: number): AttributeValue {
  return text(new Date(epochMs).toISOString());
}

/** Whole epoch seconds, as DynamoDB's time to live wants them. */
export function seconds(epochMs: number): AttributeValue {
  return number(Math.floor(epochMs / 1000));
}
