import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { ServiceError } from '../activation/ports.ts';
import type { AttributeValue, Item } from '../tables/row.ts';

/**
 * Runs a conditional write: the result, or `undefined` when its condition does not hold.
 *
 * @throws {ServiceError} for every other failure.
 */
export async function ifConditionHolds<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw new ServiceError('dynamodb', error);
  }
}

/** Attributes as an update sets them, each by a placeholder of its own name: `#status = :status`. */
export interface Assignments {
  /** For `SET`. */
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

/** How an update sets all attributes of a part of a row. */
export function assignmentsOf(item: Item): Assignments {
  const names = Object.keys(item);
  return {
    expression: names.map((name) => `#${name} = :${name}`).join(', '),
    names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    values: Object.fromEntries(Object.entries(item).map(([name, value]) => [`:${name}`, value])),
  };
}
