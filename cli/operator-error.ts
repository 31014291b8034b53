import { CALLED, EXIT } from '../terminal/called.ts';

/** How a command failed; part of the JSON form of an error. */
type ErrorKind = Exclude<keyof typeof EXIT, 'ok'>;

/**
 * Ends a command with a text for a person: what is wrong, and what to do next. Both are shown as they are, so they must
 * never hold a secret.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly kind: ErrorKind;
  /** What the operator does about it, as a sentence or a command. */
  readonly next: string;

  constructor(kind: ErrorKind, message: string, next: string) {
    super(message);
    this.kind = kind;
    this.next = next;
  }

  /** The exit status of the process. */
  get exitCode(): number {
    return EXIT[this.kind];
  }
}

/** The command was right but could not be carried out: exit status 1. */
export function failure(message: string, next: string): OperatorError {
  return new OperatorError('failure', message, next);
}

/** The command itself has to be changed: exit status 2. */
export function usageError(message: string, next: string): OperatorError {
  return new OperatorError('usage', message, next);
}

/** The operator pressed Ctrl-C or said no: exit status 130, as shells report an interrupt. */
export function cancelled(): OperatorError {
  return new OperatorError(
    'cancelled',
    'Cancelled; nothing was changed.',
    'Run it again any time.',
  );
}

/** The operator pressed Ctrl-C in the middle of the work: exit status 130. */
export function interrupted(): OperatorError {
  return new OperatorError('cancelled', 'Interrupted before everything was done.', 'Run it again.');
}

/** How the command line is called, for usage lines and examples. */
export const PROGRAM = CALLED.app;

/**
 * Quotes an argument of a command to copy, unless a shell takes it as it is: a suffix, whose star it would expand, and
 * the path of an address, which may hold `$(…)`, `;` and `&`.
 */
export function asArgument(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (/^\*[\w.-]+$/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
