import type { ColdResult } from '../cold/measure.ts';
import type { KeptWarmResult } from '../kept-warm/measure.ts';
import type { RicResult } from '../ric/measure.ts';
import type { TechniqueResults } from '../techniques/measure.ts';
import type { WarmResults } from '../warm/measure.ts';

/** The times of which journeys are made. */
export interface Measured {
  readonly cold: readonly ColdResult[];
  readonly keptWarm: readonly KeptWarmResult[];
}

/** Everything that a run of the bench found. */
export interface Results extends Measured {
  readonly node: string;
  readonly runs: number;
  /** Absent where the runtime interface client is not built. */
  readonly ric?: readonly RicResult[];
  readonly warm: WarmResults;
}

/** What docs/performance.json holds: a run of the bench, and one of the techniques, which is made on its own. */
export interface Documented extends Results {
  readonly techniques?: TechniqueResults;
}

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
