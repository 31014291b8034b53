import type { FlowTable } from '../stores/flow-table.ts';

/**
 * Removes flows, so that a browser that comes back to one of them is refused.
 *
 * @returns how many there were.
 * @throws the signal's reason between two flows, when it is aborted.
 */
export async function removeFlows(
  stateHashes: AsyncIterable<string>,
  flows: FlowTable,
  signal: AbortSignal,
): Promise<number> {
  let removed = 0;
  for await (const stateHash of stateHashes) {
    signal.throwIfAborted();
    await flows.remove(stateHash);
    removed += 1;
  }
  return removed;
}
