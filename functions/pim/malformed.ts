/**
 * What a check returns in place of the value: something that came in, or was stored, is not what it has to be.
 * Every check returns the value or this; `undefined` only means "not there", and exceptions are for outages and bugs.
 */
export interface Malformed<Problem extends string = string> {
  readonly kind: 'malformed';
  /** Says what is wrong, never the value: safe to show and to log. */
  readonly problem: Problem;
}

/** @param problem safe to show and to log. */
export function malformed<const Problem extends string>(problem: Problem): Malformed<Problem> {
  return { kind: 'malformed', problem };
}

/** Tells the two results of a check apart. */
export function isMalformed(checked: unknown): checked is Malformed {
  return (
    typeof checked === 'object' &&
    checked !== null &&
    'kind' in checked &&
    checked.kind === 'malformed'
  );
}

/** For callers who cannot go on without the value. @throws {TypeError} with the problem of a malformed one. */
export function wellFormed<T>(checked: T | Malformed): T {
  if (isMalformed(checked)) throw new TypeError(checked.problem);
  return checked;
}
