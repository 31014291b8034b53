import { explainError } from '../explain-error.ts';
import { OperatorError } from '../operator-error.ts';

/** The error that ended a removal in the middle, and how to finish it. @param finish a whole sentence. */
export function unfinished(error: unknown, finish: string): OperatorError {
  const { kind, message, next } = explainError(error);
  return new OperatorError(kind, `${message} Not everything is removed yet.`, `${next} ${finish}`);
}
