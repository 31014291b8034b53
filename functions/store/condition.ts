import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { ServiceError } from '../activation/service-error.ts';

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
