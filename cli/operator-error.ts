/** What the process ends with; stable, so that scripts may rely on them. */
export const EXIT = { ok: 0, failure: 1, usage: 2, cancelled: 130 } as const;

/** Name of the way a command ended other than well; in the JSON form of an error. */
type ErrorKind = Exclude<keyof typeof EXIT, 'ok'>;

/**
 * Ends a command, with a text for a person: what is wrong, mostly on one line, and what to do next. Both are shown as
 * they are, so they never hold a secret.
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

  /** What the process ends with. */
  get exitCode(): number {
    return EXIT[this.kind];
  }
}

/** The command was right, but it could not be done: exit status 1. */
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

/** How this command line is called; it is in every usage line and example. */
export const PROGRAM = 'npm run app --';

/** A PIM or suffix as it is written in a command to copy: a shell would expand the star of a suffix. */
export function asArgument(pim: string): string {
  return pim.startsWith('*') ? `"${pim}"` : pim;
}
