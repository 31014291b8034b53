import { ServiceError } from '../functions/activation/service-error.ts';
import { explainAwsError } from './aws/explain-aws-error.ts';
import { failure, OperatorError } from './operator-error.ts';
import { PROGRAM } from './program-name.ts';

/** Explains whatever a command threw: what is wrong, and a next step. */
export function explainError(error: unknown): OperatorError {
  if (error instanceof OperatorError) return error;
  return explainAwsError(error) ?? explainOutage(error) ?? unexpected(error);
}

/** A service that failed in code which the functions share; only the name of the cause is known. */
function explainOutage(error: unknown): OperatorError | undefined {
  if (!(error instanceof ServiceError)) return undefined;
  return failure(
    `${error.message} (${error.causeName}).`,
    'Check the network and the status page of AWS, then run the command again.',
  );
}

/** A defect of this command line. Only the name of the error is shown: an unexpected message may hold anything. */
function unexpected(error: unknown): OperatorError {
  const name = error instanceof Error ? error.name : 'no Error at all';
  return failure(
    `Something unexpected went wrong: ${name}.`,
    `This is a defect: report it with the command that you ran and what "${PROGRAM} --version" prints.`,
  );
}
