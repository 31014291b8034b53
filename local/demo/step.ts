/** A step did not end as it has to. The message gives the reason, without secrets. */
class StepFailure extends Error {
  override readonly name = 'StepFailure';
}

/** Runs one step of the demo, prints its result and returns its value. Rejects as the step does. */
export type Step = <T>(words: string, run: () => Promise<T>) => Promise<T>;

/**
 * Prints each step as a line: `✓ …` when it was checked, `✗ …` and the reason when it failed.
 *
 * @param tell takes one line, without its line end.
 */
export function stepTeller(tell: (line: string) => void): Step {
  return async (words, run) => {
    try {
      const value = await run();
      tell(`✓ ${words}`);
      return value;
    } catch (error) {
      tell(`✗ ${words}: ${reasonOf(error)}`);
      throw error;
    }
  };
}

/** @throws {Error} with the reason when the condition does not hold. */
export function check(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new StepFailure(reason);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'an unknown reason';
}
