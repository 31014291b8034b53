import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { Outage } from '../activation/outage.ts';

/**
 * Runs a conditional write: the result, or `undefined` when its condition does not hold.
 *
 * @throws {Outage} for every other failure.
 */
export async function ifConditionHolds<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw new Outage('dynamodb', error);
  }
}
