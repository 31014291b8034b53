import { plain } from '../../terminal/printable.ts';
import { PROGRAM } from '../operator-error.ts';
import { type Sent, send } from '../send.ts';
import type { Colours } from '../terminal/text.ts';

/** One line of the doctor. */
export interface DoctorFinding {
  /** Stable name of what was checked. */
  readonly check: string;
  readonly ok: boolean;
  /** What was seen; never a state, a cookie's value, a secret or a token. */
  readonly detail: string;
  /** What the operator does about it; when `ok` is true as well, it is a warning. */
  readonly next?: string;
}

/** A finding for what is as it should be. */
export function pass(check: string, detail: string): DoctorFinding {
  return { check, ok: true, detail };
}

/** A finding for what is wrong. @param next what the operator does about it. */
export function fail(check: string, detail: string, next: string): DoctorFinding {
  return { check, ok: false, detail, next };
}

/** A finding for what is right but may not be enough. @param next what the operator can do about it. */
export function warning(check: string, detail: string, next: string): DoctorFinding {
  return { check, ok: true, detail, next };
}

/** A finding that fails with all problems on one line, so that they can be corrected together. */
export function result(
  check: string,
  problems: readonly string[],
  texts: { readonly ok: string; readonly next: string },
): DoctorFinding {
  return problems.length === 0
    ? pass(check, texts.ok)
    : fail(check, problems.join('; '), texts.next);
}

/** A finding for people. */
export function findingText(finding: DoctorFinding, paint: Colours): string {
  const { check, detail, next } = finding;
  const good = next === undefined ? paint.green('✓') : paint.bold('!');
  const mark = finding.ok ? good : paint.red('✗');
  const line = `${mark} ${paint.bold(check)}  ${plain(detail)}\n`;
  return next === undefined ? line : `${line}    next: ${next}\n`;
}

/** A finding for programs. */
export function findingJson({ check, ok, detail, next = '' }: DoctorFinding) {
  return { check, ok, detail, next: next === '' ? null : next };
}

/** Corrects most of what can be wrong with the deployment itself. */
export const DEPLOY_AGAIN = `Deploy the stack again with \`npx cdk deploy\`, then: ${PROGRAM} doctor`;

/** Gets a URL once. The user agent is the doctor's own, by which its requests are found in a log. */
export function probe(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<Sent> {
  return send(url, { headers: { 'user-agent': 'akeneo-app-activation-doctor', ...headers } });
}
