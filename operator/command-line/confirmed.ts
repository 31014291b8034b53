import { cancelled, usageError } from '../operator-error.ts';
import type { Io } from '../terminal/io.ts';

/** The option that stands in for the answer yes. */
export interface ConfirmFlags {
  readonly yes?: boolean;
}

/**
 * Goes on only with a yes: from `--yes`, else from the person at the terminal.
 *
 * @param deed completes the sentence "… needs a yes".
 * @throws {OperatorError} when the answer is no, or nobody can be asked.
 */
export async function confirmed(
  { deed, question }: { readonly deed: string; readonly question: string },
  { yes }: ConfirmFlags,
  io: Io,
): Promise<void> {
  if (yes) return;
  if (!io.isInteractive)
    throw usageError(
      `${deed} needs a yes, and there is no terminal to ask for it.`,
      'Repeat the command with --yes.',
    );
  if (!(await io.prompts.confirm(question))) throw cancelled();
}
