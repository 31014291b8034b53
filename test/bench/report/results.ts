import type { ColdResult } from '../cold/measure.ts';
import type { RicResult } from '../ric/measure.ts';
import type { WarmResults } from '../warm/measure.ts';

/** Everything that a run of the bench found; docs/performance.json holds one. */
export interface Results {
  readonly node: string;
  readonly runs: number;
  readonly cold: readonly ColdResult[];
  /** Absent where the runtime interface client is not built. */
  readonly ric?: readonly RicResult[];
  readonly warm: WarmResults;
}

/** What a handler of ours is compared with. */
export type Baseline = 'Plain' | 'Floor';

/** The median of ready plus first response, in milliseconds. */
export function totalOf(results: Pick<Results, 'cold'>, id: string): number {
  return resultOf(results, id).totalMs.median;
}

/** @throws {Error} for a variant that was not measured. */
export function resultOf({ cold }: Pick<Results, 'cold'>, id: string): ColdResult {
  const found = cold.find((result) => result.id === id);
  if (!found) throw new Error(`The bench did not measure ${id}.`);
  return found;
}
