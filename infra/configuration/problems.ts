import { Token } from 'aws-cdk-lib';

/** Something about the configuration that cannot be deployed. */
export interface Problem {
  /** What is wrong, beginning with the name of the setting. */
  readonly what: string;
  /** What to do about it. */
  readonly fix: string;
}

/** A configuration that cannot be deployed; its message is written for whoever configured it. */
export class RefusedConfiguration extends Error {
  override readonly name = 'RefusedConfiguration';
}

/** One problem, or none. */
export function problemIf(isWrong: boolean, what: string, fix: string): readonly Problem[] {
  return isWrong ? [{ what, fix }] : [];
}

/**
 * Ends the synthesis if there is a problem. It names all of them, so that a configuration can be fixed at once.
 *
 * @throws {RefusedConfiguration} naming every problem and its fix.
 */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ what, fix }) => `  - ${what}\n    Fix: ${fix}`);
  throw new RefusedConfiguration(`This configuration cannot be deployed:\n${lines.join('\n')}`);
}

/** Whether a value is known before the deployment, so that it can be checked. */
export function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value);
}

/** Whether a value is a finite number above zero. */
export function isAboveZero(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
