/** What makes an operator look: every alarm of the stack stands for one of these causes. */
export type Cause = 'credentials' | 'late-code' | 'pim' | 'store' | 'bug';

/**
 * One way in which a request can end. Pages, JSON answers, log lines, metrics, alarms and the runbook
 * are all made from this, so that they cannot tell different stories.
 */
export interface Outcome {
  /** HTTP status of the answer. */
  readonly status: 200 | 302 | 303 | 400 | 403 | 410 | 500 | 502 | 503 | 504;
  /** Heading of the page, in the PIM user's words. */
  readonly title: string;
  /** What the PIM user does next. */
  readonly next: string;
  /** What happened, for somebody who operates the App. */
  readonly meaning: string;
  /** What the operator does about it. */
  readonly operator: string;
  /** The alarm that counts this outcome, if it calls for one. */
  readonly cause?: Cause;
}

/** Keeps the literal codes of a table as its keys while checking each row. */
export function outcomeTable<const Code extends string>(
  table: Readonly<Record<Code, Outcome>>,
): Readonly<Record<Code, Outcome>> {
  return table;
}

/** The next step of a PIM user when a new attempt is all that is needed. */
export const OPEN_AGAIN =
  'Go back to your PIM and open the App again: Connect > Connected Apps > Open app.';
/** The next step of a PIM user who can do nothing; says “result code”, because a PIM has codes of another kind. */
export const ASK_OPERATOR =
  'Ask the people who run this App to look at it, and give them the result code and the request ID.';
/** What the operator does about an outcome that is no failure. */
export const NOTHING_TO_DO = 'Nothing: this is how it is meant to go.';
