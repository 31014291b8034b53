import { Command } from 'commander';
import { onePimArgument } from '../command-line/checked-arguments.ts';
import { type ConfirmFlags, confirmed } from '../command-line/confirmed.ts';
import { unfinished } from '../command-line/unfinished.ts';
import { type Forgotten, forgetPim } from '../forget/forget-pim.ts';
import { forgottenJson, forgottenText } from '../forget/forgotten-view.ts';
import { type StoredData, storedData } from '../forget/stored-data.ts';
import { onePim } from '../pims/one-pim.ts';
import { PROGRAM } from '../program-name.ts';
import { checkedClientId } from '../secrets/client-credentials.ts';
import type { Session } from '../session.ts';
import { interruptible } from '../terminal/interruptible.ts';
import type { OperatorCommand } from './operator-command.ts';

interface Flags extends ConfirmFlags {
  readonly clientId?: string;
}

const AFTER_HELP = `
Examples:
  ${PROGRAM} connections forget https://pim.example.com
  ${PROGRAM} connections forget https://pim.example.com --yes --json      in a script
  ${PROGRAM} connections forget https://pim.example.com --client-id 2f6c…
      only what belongs to this client id, such as that of an App that was registered anew

It removes, in this order: the PIM's own row of the allow-list, its flows, its connections with
their encrypted tokens, and each client secret that no other row or connection uses (that one
can be brought back for 7 days). A suffix such as "*.cloud.akeneo.com" is left, and named.
After an interruption run it again, as the message says: it finishes the rest.

The token lives on in the PIM until an administrator there clicks "Disconnect".
`;

/** Removes everything that is stored of a PIM. */
export const connectionsForget: OperatorCommand = {
  group: 'connections',
  define: (open) =>
    new Command('forget')
      .summary('remove everything that is stored of a PIM')
      .description(
        'Removes everything that is stored of a PIM, for a contract that ends: token, flows, listing and secret.',
      )
      .argument('<pim>', 'address of the PIM', onePimArgument)
      .option('--client-id <id>', 'only what belongs to this client id', checkedClientId)
      .option('--yes', 'do not ask')
      .addHelpText('after', AFTER_HELP)
      .action(async (pim: string, flags: Flags, command: Command) =>
        forget(pim, flags, await open(command)),
      ),
};

async function forget(raw: string, flags: Flags, session: Session): Promise<void> {
  const pim = onePim(raw, session);
  const stored = await storedData(pim, flags.clientId, session);
  const address = pim.toString();
  const question = `Remove the token, the flows and the listing of ${address}${of(stored)}? Tokens cannot be brought back.`;
  await confirmed({ action: `Forgetting ${address}`, question }, flags, session.io);
  const forgotten = await forgetOrSayHowToFinish(stored, session);
  session.report(forgottenJson(stored, forgotten), forgottenText(stored, forgotten));
}

function of({ clientIds }: StoredData): string {
  return clientIds.length === 0 ? '' : ` (client id ${clientIds.join(', ')})`;
}

/** Once listing and connection are gone, nothing but the command line names the client id whose secret is left. */
async function forgetOrSayHowToFinish(stored: StoredData, session: Session): Promise<Forgotten> {
  try {
    return await interruptible(session.io, (signal) => forgetPim(stored, session, signal));
  } catch (error) {
    const commands = stored.clientIds.map(
      (clientId) =>
        `${PROGRAM} connections forget ${stored.pim.toString()} --client-id ${clientId}`,
    );
    throw unfinished(error, `Then finish: ${commands.join(' ; ')}`);
  }
}
