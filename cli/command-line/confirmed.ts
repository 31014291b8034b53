import { cancelled, usageError } from '../operator-error.ts';
import type { Io } from '../terminal/io.ts';

/** The option that answers yes. */
export interface ConfirmFlags {
  readonly yes?: boolean;
}

/**
 * Goes on only with a yes: from `--yes`, else from the person at the terminal.
 *
 * @param action completes the sentence "… needs a yes".
 * @throws {OperatorError} when the answer is no, or nobody can be asked.
 */
export async function confirmed(
  { action, question }: { readonly action: string; readonly question: string },
  { yes }: ConfirmFlags,
  io: Io,
): Promise<void> {
  if (yes) return;
  if (!io.isInteractive)
    throw usageError(
      `${action} needs a yes, and there is no terminal to ask for it.`,
      'Repeat the command with --yes.',
    );
  if (!(await io.prompts.confirm(question))) throw cancelled();
}
