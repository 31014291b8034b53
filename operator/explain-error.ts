import { Outage } from '../functions/activation/outage.ts';
import { explainAwsError } from './aws/explain-aws-error.ts';
import { failure, OperatorError } from './operator-error.ts';
import { PROGRAM } from './program-name.ts';

/** Whatever a command threw, as one line and a next step. */
export function explainError(error: unknown): OperatorError {
  if (error instanceof OperatorError) return error;
  return explainAwsError(error) ?? explainOutage(error) ?? unexpected(error);
}

/** A service that failed in code which the functions share; it lends no more than the name of the cause. */
function explainOutage(error: unknown): OperatorError | undefined {
  if (!(error instanceof Outage)) return undefined;
  return failure(
    `${error.message} (${error.causeName}).`,
    'Check the network and the status page of AWS, then run the command again.',
  );
}

/**
 * A defect of this command line. Only its name is shown: nobody knows what a message holds that nobody expected,
 * except for those of `ItemReader`, which name a table and an attribute.
 */
function unexpected(error: unknown): OperatorError {
  if (error instanceof TypeError && error.message.startsWith('A row of '))
    return failure(error.message, 'Somebody edited it by hand: put it right in the console.');
  const name = error instanceof Error ? error.name : 'no Error at all';
  return failure(
    `Something unexpected went wrong: ${name}.`,
    `This is a defect: report it with the command that you ran and what "${PROGRAM} --version" prints.`,
  );
}
