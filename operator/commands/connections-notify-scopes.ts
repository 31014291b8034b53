import { Command } from 'commander';
import { onePimArgument } from '../command-line/checked-arguments.ts';
import { type ConfirmFlags, confirmed } from '../command-line/confirmed.ts';
import { findLagging, type LaggingSearch } from '../notify-scopes/find-lagging.ts';
import type { Lagging } from '../notify-scopes/lagging.ts';
import { laggingText, notifiedJson, notifiedText } from '../notify-scopes/notified-view.ts';
import { type Notified, notifyPim } from '../notify-scopes/notify-pim.ts';
import { failure } from '../operator-error.ts';
import { onePim } from '../pims/one-pim.ts';
import { PROGRAM } from '../program-name.ts';
import { checkedClientId } from '../secrets/client-credentials.ts';
import type { GlobalFlags, Session } from '../session.ts';
import { colours } from '../terminal/colours.ts';
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
  const search: LaggingSearch = {
    ...(raw !== undefined && { pim: onePim(raw, session) }),
    ...(flags.clientId !== undefined && { clientId: flags.clientId }),
  };
  const lagging = await findLagging(search, session);
  if (lagging.length === 0) return session.report([], NOTHING_TO_DO);
  await confirmAll(lagging, flags, session);
  await interruptible(session.io, (signal) => askAll(lagging, flags.json, session, signal));
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
  await confirmed({ deed: `Asking ${pims}`, question }, flags, io);
}

/**
 * For people, each line comes as soon as it is known; for programs, the list comes whole, also when Ctrl-C cut it short.
 */
async function askAll(
  lagging: readonly Lagging[],
  json: boolean,
  session: Session,
  signal: AbortSignal,
): Promise<void> {
  const paint = colours(session.io.stdout, session.io.env);
  const results: Notified[] = [];
  for (const one of lagging) {
    if (signal.aborted) break;
    const result = await notifyPim(one, session.tokens);
    results.push(result);
    if (!json) session.io.stdout.write(notifiedText(result, paint));
  }
  session.report(results.map(notifiedJson), '');
  signal.throwIfAborted();
  const failed = results.filter(({ outcome }) => outcome !== 'asked').length;
  if (failed > 0) throw notAllAsked(failed, results.length);
}

function notAllAsked(failed: number, all: number): Error {
  return failure(
    `${failed} of ${all} PIMs could not be asked.`,
    `Do what the lines marked ✗ say, then run again: ${PROGRAM} connections notify-scopes`,
  );
}
