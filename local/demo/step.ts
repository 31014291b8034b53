/** Something was not as it has to be; the message says what, without secrets. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
}

/** Runs one step of the demo and tells how it went. */
export type Step = <T>(words: string, run: () => Promise<T>) => Promise<T>;

/** Tells each step as a line: `✓ …` when it was checked, `✗ …` and the reason when it failed. */
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

/** @throws {StepFailure} with the reason when the condition does not hold. */
export function check(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new StepFailure(reason);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'an unknown reason';
}
