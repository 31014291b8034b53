import { RemovalPolicy } from 'aws-cdk-lib';
import type { Settings } from '../settings.ts';

/** How well something that cannot be made again is kept. */
export interface Durability {
  /** What becomes of it when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy;
  /** Whether DynamoDB refuses to delete it, whoever asks. */
  readonly deletionProtection: boolean;
}

/**
 * Connections hold tokens that only a PIM user can bring back, so they outlive the stack and mistakes
 * in the console, unless a development stage asks for the opposite.
 */
export function durabilityOf({ dangerouslyDestroyTables }: Settings): Durability {
  return dangerouslyDestroyTables
    ? { removalPolicy: RemovalPolicy.DESTROY, deletionProtection: false }
    : { removalPolicy: RemovalPolicy.RETAIN, deletionProtection: true };
}
