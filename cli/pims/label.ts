import { usageError } from '../operator-error.ts';

/** One line of a table. */
const MAX_LENGTH = 80;

/**
 * A name for people, such as the customer's.
 *
 * @throws {OperatorError} when it is too long for a table, or would rewrite the terminal.
 */
export function parseLabel(raw: string): string {
  const label = raw.trim();
  if (label.length > 0 && label.length <= MAX_LENGTH && !/\p{Cc}/u.test(label)) return label;
  throw usageError(
    'The label cannot be used.',
    `Give one line of at most ${MAX_LENGTH} characters: --label "Customer A, production"`,
  );
}
