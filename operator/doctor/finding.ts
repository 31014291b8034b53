import { PROGRAM } from '../program-name.ts';
import type { Colours } from '../terminal/colours.ts';
import { plain } from '../terminal/plain.ts';

/** One line of the doctor. */
export interface Finding {
  /** Stable name of what was looked at. */
  readonly check: string;
  readonly ok: boolean;
  /** What was seen; never a state, a cookie's value, a secret or a token. */
  readonly detail: string;
  /** What to do; on a red line only. */
  readonly next?: string;
}

/** All is well. */
export function healthy(check: string, detail: string): Finding {
  return { check, ok: true, detail };
}

/** Something has to be done. */
export function ill(check: string, detail: string, next: string): Finding {
  return { check, ok: false, detail, next };
}

/** Healthy without problems; otherwise all problems in one line, so that they are mended in one go. */
export function verdict(
  check: string,
  problems: readonly string[],
  texts: { readonly ok: string; readonly next: string },
): Finding {
  return problems.length === 0
    ? healthy(check, texts.ok)
    : ill(check, problems.join('; '), texts.next);
}

/** A finding for people. */
export function findingText({ ok, check, detail, next }: Finding, paint: Colours): string {
  const mark = ok ? paint.green('✓') : paint.red('✗');
  const line = `${mark} ${paint.bold(check)}  ${plain(detail)}\n`;
  return next === undefined ? line : `${line}    next: ${next}\n`;
}

/** A finding for programs. */
export function findingJson({ check, ok, detail, next = '' }: Finding) {
  return { check, ok, detail, next: next === '' ? null : next };
}

/** What mends most of what can be wrong with the deployment itself. */
export const DEPLOY_AGAIN = `Deploy the stack again with \`npx cdk deploy\`, then: ${PROGRAM} doctor`;
