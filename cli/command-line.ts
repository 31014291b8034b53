import { Option } from 'commander';
import type { PimUrlPolicy } from '../functions/pim/pim-url.ts';
import { explainError } from './explain-error.ts';
import { cancelled, OperatorError, PROGRAM, usageError } from './operator-error.ts';
import { onePim, parsePimKey } from './pims/pim-key.ts';
import { type AddressOption, parseAppUrl } from './pims/settings.ts';
import type { Io } from './terminal/io.ts';

/**
 * The addresses that the least strict stack accepts. Commander parses arguments before anybody signs in to AWS, when it
 * is not known yet whether the stack takes plain http; so its parsers only refuse what no stack takes, and the command
 * parses the argument again.
 */
export const ANY_STACK: PimUrlPolicy = { dangerouslyAllowHttpOnLoopback: true };

/** A PIM's address or a suffix. @throws {OperatorError} for what no stack takes. */
export function pimArgument(raw: string): string {
  parsePimKey(raw, ANY_STACK);
  return raw;
}

/** The address of one PIM. @throws {OperatorError} for what no stack takes, and for a suffix. */
export function onePimArgument(raw: string): string {
  onePim(raw, { pimUrlPolicy: ANY_STACK });
  return raw;
}

/** Reads an address of the App in a PIM's row. What it gives throws an {@link OperatorError} for what no stack takes. */
export function addressArgument(option: AddressOption): (raw: string) => string {
  return (raw) => {
    parseAppUrl(raw, 'development', option);
    return raw;
  };
}

/** With which every command that writes a row of the allow-list says where the App logs PIM users in. */
export const LOGIN_URL_OPTION = new Option(
  '--login-url <url>',
  'where they go for the App to log them in',
).argParser(addressArgument('--login-url'));

/** It belongs to {@link LOGIN_URL_OPTION}. */
export const REDIRECT_URL_OPTION = new Option(
  '--redirect-url <url>',
  'where the App gets the login',
).argParser(addressArgument('--redirect-url'));

/** The option of every command that asks before it acts. */
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
      `Repeat the command with --yes at its end: ${PROGRAM} … --yes`,
    );
  if (!(await io.prompts.confirm(question))) throw cancelled();
}

/** The failure of a removal that ended in the middle. @param finish says how to finish it, in a whole sentence. */
export function unfinished(error: unknown, finish: string): OperatorError {
  const { kind, message, next } = explainError(error);
  return new OperatorError(kind, `${message} Not everything is removed yet.`, `${next} ${finish}`);
}
