import { PROGRAM } from '../program-name.ts';
import type { Colours } from '../terminal/colours.ts';
import { plain } from '../terminal/plain.ts';

/** One line of the doctor. */
export interface DoctorFinding {
  /** Stable name of what was looked at. */
  readonly check: string;
  readonly ok: boolean;
  /** What was seen; never a state, a cookie's value, a secret or a token. */
  readonly detail: string;
  /** What to do; on a red line only. */
  readonly next?: string;
}

/** What was checked is as it should be. */
export function healthy(check: string, detail: string): DoctorFinding {
  return { check, ok: true, detail };
}

/** What was checked is not as it should be. @param next what the operator does about it. */
export function ill(check: string, detail: string, next: string): DoctorFinding {
  return { check, ok: false, detail, next };
}

/** Healthy without problems; otherwise all problems in one line, so that they can be corrected together. */
export function verdict(
  check: string,
  problems: readonly string[],
  texts: { readonly ok: string; readonly next: string },
): DoctorFinding {
  return problems.length === 0
    ? healthy(check, texts.ok)
    : ill(check, problems.join('; '), texts.next);
}

/** A finding for people. */
export function findingText({ ok, check, detail, next }: DoctorFinding, paint: Colours): string {
  const mark = ok ? paint.green('✓') : paint.red('✗');
  const line = `${mark} ${paint.bold(check)}  ${plain(detail)}\n`;
  return next === undefined ? line : `${line}    next: ${next}\n`;
}

/** A finding for programs. */
export function findingJson({ check, ok, detail, next = '' }: DoctorFinding) {
  return { check, ok, detail, next: next === '' ? null : next };
}

/** Corrects most of what can be wrong with the deployment itself. */
export const DEPLOY_AGAIN = `Deploy the stack again with \`npx cdk deploy\`, then: ${PROGRAM} doctor`;
