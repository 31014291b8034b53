import { explainError, isAccessDenied } from '../explain-error.ts';
import { type Finding, fail, warning } from '../finding.ts';

/** A check that asks AWS. */
export interface Check {
  /** Its name in a line that says why it could not be made. */
  readonly name: string;
  /** What it asks with, such as `ssm:GetParameter`. */
  readonly right: string;
  readonly run: () => Promise<Finding | readonly Finding[]>;
}

/**
 * Makes a check. Whatever AWS answers is a line of its own, so that the other checks go on: a missing right is a warning,
 * since nothing is known to be wrong, and all else is a failure.
 */
export async function make({ name, right, run }: Check): Promise<readonly Finding[]> {
  try {
    return [await run()].flat();
  } catch (error) {
    if (isAccessDenied(error))
      return [warning(name, `could not be checked: ${right} is missing`, ASK)];
    const { message, next } = explainError(error);
    return [fail(name, `could not be checked: ${message}`, next)];
  }
}

const ASK =
  'Have the right added, use a profile that has it (--profile), or make sure of it in the console.';
