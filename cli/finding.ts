import { plain } from '../terminal/printable.ts';
import { failure } from './operator-error.ts';
import type { Account } from './session.ts';
import { type Colours, colours } from './terminal/text.ts';

/** What one check has found: a line of the doctor, or of the preflight. */
export interface Finding {
  /** Stable name of what was checked. */
  readonly check: string;
  readonly ok: boolean;
  /** What was seen; never a state, a cookie's value, a secret or a token. */
  readonly detail: string;
  /** What the operator does about it; when `ok` is true as well, it is a warning. */
  readonly next?: string;
}

/** A finding for what is as it should be. */
export function pass(check: string, detail: string): Finding {
  return { check, ok: true, detail };
}

/** A finding for what is wrong. @param next what the operator does about it. */
export function fail(check: string, detail: string, next: string): Finding {
  return { check, ok: false, detail, next };
}

/** A finding for what is right but may not be enough. @param next what the operator can do about it. */
export function warning(check: string, detail: string, next: string): Finding {
  return { check, ok: true, detail, next };
}

/** A finding that fails with all problems on one line, so that they can be corrected together. */
export function result(
  check: string,
  problems: readonly string[],
  texts: { readonly ok: string; readonly next: string },
): Finding {
  return problems.length === 0
    ? pass(check, texts.ok)
    : fail(check, problems.join('; '), texts.next);
}

/** A finding for people. */
function findingText(finding: Finding, paint: Colours): string {
  const { check, detail, next } = finding;
  const good = next === undefined ? paint.green('✓') : paint.bold('!');
  const mark = finding.ok ? good : paint.red('✗');
  const line = `${mark} ${paint.bold(check)}  ${plain(detail)}\n`;
  return next === undefined ? line : `${line}    next: ${next}\n`;
}

/** A finding for programs. */
function findingJson({ check, ok, detail, next = '' }: Finding) {
  return { check, ok, detail, next: next === '' ? null : next };
}

/** What a command that prints findings says at its end. */
interface Closing {
  /** The command to run again once everything is mended. */
  readonly command: string;
  /** For a person, when no check has failed. */
  readonly allWell: string;
}

/**
 * Prints findings: for people each as soon as it is known, for programs the whole list.
 *
 * @throws {OperatorError} when a check has failed.
 */
export async function tellFindings(
  found: AsyncIterable<Finding>,
  { io, isJson, report }: Pick<Account, 'io' | 'isJson' | 'report'>,
  closing: (findings: readonly Finding[]) => Closing,
): Promise<void> {
  const paint = colours(io.stdout, io.env);
  const findings: Finding[] = [];
  for await (const finding of found) {
    findings.push(finding);
    if (!isJson) io.stdout.write(findingText(finding, paint));
  }
  const failed = findings.filter(({ ok }) => !ok).length;
  const { command, allWell } = closing(findings);
  report(findings.map(findingJson), failed === 0 ? allWell : '\n');
  if (failed > 0)
    throw failure(
      `${failed} of ${findings.length} checks failed.`,
      `Do what the lines marked ✗ say, then run again: ${command}`,
    );
}
