import { setTimeout as pause } from 'node:timers/promises';
import {
  type CloudFormationClient,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { failure, type OperatorError } from '../operator-error.ts';
import type { Session } from '../session.ts';
import type { ListedPim } from './activation.ts';

/** What the proofs are about. */
export interface Subject {
  readonly session: Session;
  readonly listed: ListedPim;
  readonly resources: StackResources;
  /** The simulated PIM tells its events here. */
  readonly eventsQueue: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The physical ids of a stack's resources, by their logical ids. */
export type StackResources = ReadonlyMap<string, string>;

/** Reads which resources the stack has. */
export async function stackResources(
  client: CloudFormationClient,
  StackName: string,
): Promise<StackResources> {
  const resources = new Map<string, string>();
  for await (const page of paginateListStackResources({ client }, { StackName }))
    for (const { LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ?? [])
      if (LogicalResourceId && PhysicalResourceId)
        resources.set(LogicalResourceId, PhysicalResourceId);
  return resources;
}

/**
 * The resource at a place below the activation, such as `CallbackRole`: its logical id ends in that and a hash.
 *
 * @returns `undefined` when the stack has none.
 */
export function resourceAt(place: string, resources: StackResources): string | undefined {
  const end = new RegExp(`${place}[0-9A-F]{8}$`);
  for (const [logicalId, physicalId] of resources) if (end.test(logicalId)) return physicalId;
  return undefined;
}

/** Between two looks. */
const EVERY_MS = 2_000;

/**
 * Looks again and again until something is there.
 *
 * @param what completes the sentence "… within 60 seconds".
 * @throws {OperatorError} when it is not there in time.
 */
export async function until(
  what: string,
  patienceMs: number,
  { session, signal }: Pick<Subject, 'session' | 'signal'>,
  isThere: () => Promise<boolean>,
): Promise<void> {
  const deadline = session.now() + patienceMs;
  while (!(await isThere())) {
    if (session.now() >= deadline) throw unproved(`${what} within ${patienceMs / 1_000} seconds`);
    await pause(EVERY_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** Ends a proof: what it is about does not hold. */
export function unproved(message: string): OperatorError {
  return failure(
    message,
    'Look at the logs of the functions, mend what they tell, and run it again.',
  );
}
