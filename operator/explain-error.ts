import { Outage } from '../functions/activation/outage.ts';
import { explainAwsError } from './aws/explain-aws-error.ts';
import { failure, OperatorError } from './operator-error.ts';

/**
 * Whatever a command threw, as one line and a next step. What is behind an {@link Outage} is explained instead of the
 * outage itself, since the operator can often mend it.
 */
export function explainError(error: unknown): OperatorError {
  if (error instanceof OperatorError) return error;
  const cause: unknown = error instanceof Outage ? error.cause : error;
  return explainAwsError(cause) ?? unexpected(cause);
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
    'This is a defect: report it with the command that you ran and the version.',
  );
}
