import { Command } from 'commander';
import { onePimArgument } from '../command-line/checked-arguments.ts';
import { type ConfirmFlags, confirmed } from '../command-line/confirmed.ts';
import { failIfSpoilt, spoiltFailure } from '../connections/spoilt-failure.ts';
import { askPims } from '../notify-scopes/ask-pims.ts';
import { findLagging, type LaggingSearch } from '../notify-scopes/find-lagging.ts';
import type { Lagging } from '../notify-scopes/lagging.ts';
import { laggingText } from '../notify-scopes/notified-view.ts';
import type { Notified } from '../notify-scopes/notify-pim.ts';
import { failure, type OperatorError } from '../operator-error.ts';
import { onePim } from '../pims/one-pim.ts';
import { PROGRAM } from '../program-name.ts';
import { checkedClientId } from '../secrets/client-credentials.ts';
import type { GlobalFlags, Session } from '../session.ts';
import type { SpoiltConnection } from '../stores/connection-row.ts';
import { interruptible } from '../terminal/interruptible.ts';
import type { OperatorCommand } from './operator-command.ts';

interface Flags extends ConfirmFlags {
  readonly clientId?: string;
}

const AFTER_HELP = `
Examples:
  ${PROGRAM} connections notify-scopes
      every connected PIM that was granted less than is listed for it
  ${PROGRAM} connections notify-scopes https://pim.example.com --yes

Run it after "pims update --scopes" or after a suffix got more scopes. It changes no right: the
PIM shows its users who manage Apps that the App wants more, and they grant it when they open
the App. A PIM that does not know a scope says Ok as well, and prompts nobody.

PIMs are asked one after the other; Ctrl-C stops after the one that is being asked. It needs
kms:Decrypt for the tokens, which are sent to their PIM and nowhere else.

A connection that cannot be read, because somebody changed its row by hand, is named on stderr
after all others were asked. Exit status 1 then, and when any PIM could not be asked.
`;

/** Asks the PIMs that lag behind the allow-list to prompt their users. */
export const connectionsNotifyScopes: OperatorCommand = {
  group: 'connections',
  define: (open) =>
    new Command('notify-scopes')
      .summary('ask PIMs to prompt their users for new scopes')
      .description(
        'Asks each connected PIM that was granted less than is listed for it to prompt its users.',
      )
      .argument('[pim]', 'address of one PIM (default: all)', onePimArgument)
      .option('--client-id <id>', 'only connections of this client id', checkedClientId)
      .option('--yes', 'do not ask')
      .addHelpText('after', AFTER_HELP)
      .action(async (pim: string | undefined, flags: Flags, command: Command) => {
        const json = command.optsWithGlobals<GlobalFlags>().json === true;
        await notify(pim, { ...flags, json }, await open(command));
      }),
};

const NOTHING_TO_DO =
  'No connected PIM was granted less than is listed for it: nobody has to be asked.\n';

async function notify(
  raw: string | undefined,
  flags: Flags & { readonly json: boolean },
  session: Session,
): Promise<void> {
  const { lagging, spoilt } = await findLagging(searchOf(raw, flags, session), session);
  if (lagging.length === 0) {
    session.report([], spoilt.length === 0 ? NOTHING_TO_DO : '');
    return failIfSpoilt(spoilt);
  }
  await confirmAll(lagging, flags, session);
  const asked = await interruptible(session.io, (signal) =>
    askPims(lagging, flags.json, session, signal),
  );
  failIfIncomplete(asked, spoilt);
}

function searchOf(raw: string | undefined, { clientId }: Flags, session: Session): LaggingSearch {
  return {
    ...(raw !== undefined && { pim: onePim(raw, session) }),
    ...(clientId !== undefined && { clientId }),
  };
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

/** @throws {OperatorError} when a PIM could not be asked, or a connection could not be read, or both. */
function failIfIncomplete(results: readonly Notified[], spoilt: readonly SpoiltConnection[]): void {
  const failed = results.filter(({ outcome }) => outcome !== 'asked').length;
  const notAsked = failed > 0 ? [notAllAsked(failed, results.length)] : [];
  const notRead = spoilt.length > 0 ? [spoiltFailure(spoilt)] : [];
  const failures = [...notAsked, ...notRead];
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
