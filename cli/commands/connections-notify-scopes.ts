import { Command } from 'commander';
import { plain } from '../../terminal/printable.ts';
import { type ConfirmFlags, confirmed, onePimArgument } from '../command-line.ts';
import { findLagging, type Lagging } from '../connections/lagging.ts';
import { NOTIFY_OUTCOMES, type Notified, notifyPim } from '../connections/notify-pim.ts';
import { failIfMalformed, malformedFailure } from '../connections/read-connections.ts';
import { failure, type OperatorError, PROGRAM } from '../operator-error.ts';
import { checkedClientId } from '../pims/credentials.ts';
import { onePim } from '../pims/pim-key.ts';
import type { DefineCommand, Session } from '../session.ts';
import type { MalformedConnection } from '../stores/connection-table.ts';
import { interruptible } from '../terminal/io.ts';
import { type Colours, colours } from '../terminal/text.ts';

interface Flags extends ConfirmFlags {
  readonly clientId?: string;
}

const AFTER_HELP = `
Examples:
  ${PROGRAM} connections notify-scopes
      every connected PIM that was granted less than is listed for it
  ${PROGRAM} connections notify-scopes https://pim.example.com --yes

Run it after "pims update --scopes" or after a suffix got more scopes. It
changes no right: the PIM shows its users who manage Apps that the App wants
more, and they grant it when they open the App. A PIM that does not know a scope
says Ok as well, and prompts nobody.

PIMs are asked one after the other; Ctrl-C stops after the one that is being
asked. It needs kms:Decrypt for the tokens, which are sent to their PIM and
nowhere else.

A connection that cannot be read, because somebody changed its row by hand, is
named on stderr after all others were asked. Exit status 1 then, and when any
PIM could not be asked.
`;

/** Asks the PIMs that lag behind the allow-list to prompt their users. */
export const connectionsNotifyScopes: DefineCommand = (open) =>
  new Command('notify-scopes')
    .summary('ask PIMs to prompt their users for new scopes')
    .description(
      'Asks each connected PIM that was granted less than is listed for it to prompt its users.',
    )
    .argument('[pim]', 'address of one PIM (default: all)', onePimArgument)
    .option('--client-id <id>', 'only connections of this client id', checkedClientId)
    .option('--yes', 'do not ask')
    .addHelpText('after', AFTER_HELP)
    .action(async (pim: string | undefined, flags: Flags, command: Command) =>
      notify(pim, flags, await open(command)),
    );

const NOTHING_TO_DO =
  'No connected PIM was granted less than is listed for it: nobody has to be asked.\n';

async function notify(raw: string | undefined, flags: Flags, session: Session): Promise<void> {
  const pim = raw === undefined ? undefined : onePim(raw, session);
  const { lagging, malformed } = await findLagging(pim, flags.clientId, session);
  if (lagging.length === 0) {
    session.report([], malformed.length === 0 ? NOTHING_TO_DO : '');
    return failIfMalformed(malformed);
  }
  await confirmAll(lagging, flags, session);
  const asked = await interruptible(session.io, (signal) => askPims(lagging, session, signal));
  failIfIncomplete(asked, malformed);
}

async function confirmAll(
  lagging: readonly Lagging[],
  flags: Flags,
  { io }: Session,
): Promise<void> {
  const pims = lagging.length === 1 ? '1 PIM' : `${lagging.length} PIMs`;
  if (io.isInteractive && !flags.yes)
    io.stderr.write(lagging.map((one) => `${laggingText(one)}\n`).join(''));
  const question = `Ask ${pims} to prompt their users for these scopes?`;
  await confirmed({ action: `Asking ${pims}`, question }, flags, io);
}

/**
 * Asks PIM after PIM and prints what each answers. For people, each line comes as soon as it is known; for programs,
 * the list comes whole, also when Ctrl-C ended it early.
 *
 * @throws the signal's reason, when it was aborted, after the PIM that was being asked.
 */
async function askPims(
  lagging: readonly Lagging[],
  session: Session,
  signal: AbortSignal,
): Promise<readonly Notified[]> {
  const { stdout, env } = session.io;
  const results: Notified[] = [];
  for (const one of lagging) {
    if (signal.aborted) break;
    const result = await notifyPim(one, session.tokens);
    results.push(result);
    if (!session.isJson) stdout.write(notifiedText(result, colours(stdout, env)));
  }
  session.report(results.map(notifiedJson), '');
  signal.throwIfAborted();
  return results;
}

function laggingText({ connection, missing }: Lagging): string {
  return plain(`${connection.pim} (client id ${connection.clientId}) lacks ${missing.join(' ')}`);
}

function notifiedText({ lagging, outcome, detail }: Notified, paint: Colours): string {
  const { next } = NOTIFY_OUTCOMES[outcome];
  const mark = next === undefined ? paint.green('✓') : paint.red('✗');
  const pim = paint.bold(plain(lagging.connection.pim));
  const line = `${mark} ${pim}  ${plain(`${detail}: ${lagging.missing.join(' ')}`)}\n`;
  return next === undefined ? line : `${line}    next: ${next}\n`;
}

function notifiedJson({ lagging, outcome }: Notified) {
  const { connection, missing } = lagging;
  return { pim: connection.pim, clientId: connection.clientId, missingScopes: missing, outcome };
}

/** @throws {OperatorError} when a PIM could not be asked, or a connection could not be read, or both. */
function failIfIncomplete(
  results: readonly Notified[],
  malformed: readonly MalformedConnection[],
): void {
  const failed = results.filter(({ outcome }) => outcome !== 'asked').length;
  const failures = [
    ...(failed > 0 ? [notAllAsked(failed, results.length)] : []),
    ...(malformed.length > 0 ? [malformedFailure(malformed)] : []),
  ];
  if (failures.length > 0)
    throw failure(
      failures.map(({ message }) => message).join(' '),
      failures.map(({ next }) => next).join('. '),
    );
}

function notAllAsked(failed: number, all: number): OperatorError {
  return failure(
    `${failed} of ${all} PIMs could not be asked.`,
    `Do what the lines marked ✗ say, then run again: ${PROGRAM} connections notify-scopes`,
  );
}
