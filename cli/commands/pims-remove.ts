import { Command } from 'commander';
import { pimArgument } from '../command-line/checked-arguments.ts';
import { type ConfirmFlags, confirmed } from '../command-line/confirmed.ts';
import { unfinished } from '../command-line/unfinished.ts';
import { otherCoveringKeys } from '../pims/covering-rows.ts';
import { listingToRemove } from '../pims/listed-pim.ts';
import { parsePimKey } from '../pims/pim-key.ts';
import { asArgument, PROGRAM } from '../program-name.ts';
import { type Removed, removePim } from '../remove/remove-pim.ts';
import { type Removal, removalQuestion, removedJson, removedText } from '../remove/removed-view.ts';
import type { Session } from '../session.ts';
import type { Listing } from '../stores/pim-row.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { plain } from '../terminal/plain.ts';
import type { OperatorCommand } from './operator-command.ts';

const AFTER_HELP = `
Examples:
  ${PROGRAM} pims remove https://pim.example.com
  ${PROGRAM} pims remove https://pim.example.com --yes     in a script

It removes, in this order: the row, the flows of users who are on their way, and the client
secret if no other row uses it. Running functions know the row for up to a minute: who opens
the App in that time may still connect. A PIM that a suffix covers as well stays listed by
the suffix; that is said before you are asked.

The connection and its encrypted token stay: back ends can still use the token until the App
is disconnected in the PIM. When the contract has ended, remove everything:
  ${PROGRAM} connections forget <pim>
`;

/** Removes a PIM from the allow-list. */
export const pimsRemove: OperatorCommand = {
  group: 'pims',
  define: (open) =>
    new Command('remove')
      .summary('remove a PIM from the list')
      .description(
        'Removes a PIM from the list, and deletes its client secret unless another PIM uses it.',
      )
      .argument('<url>', 'address of the PIM, or its suffix', pimArgument)
      .option('--yes', 'do not ask')
      .addHelpText('after', AFTER_HELP)
      .action(async (url: string, flags: ConfirmFlags, command: Command) =>
        remove(url, flags, await open(command)),
      ),
};

async function remove(url: string, flags: ConfirmFlags, session: Session): Promise<void> {
  const removal = await plannedRemoval(url, session);
  const action = `Removing ${removal.listing.pim}`;
  await confirmed({ action, question: removalQuestion(removal) }, flags, session.io);
  const removed = await removeOrSayHowToFinish(removal.listing, session);
  session.report(removedJson(removal, removed), removedText(removal, removed));
}

async function plannedRemoval(url: string, session: Session): Promise<Removal> {
  const { pims, pimUrlPolicy } = session;
  const listing = await listingToRemove(url, session);
  const key = parsePimKey(url, pimUrlPolicy);
  const find = (text: string) => pims.findListing(text);
  return { listing, stillCoveredBy: await otherCoveringKeys(key, pimUrlPolicy, find) };
}

/** Once the row is gone, nothing names the client id whose secret is left. */
async function removeOrSayHowToFinish(listing: Listing, session: Session): Promise<Removed> {
  try {
    return await interruptible(session.io, (signal) => removePim(listing, session, signal));
  } catch (error) {
    const pim = asArgument(listing.pim);
    const client = listing.clientId === undefined ? '' : ` --client-id ${plain(listing.clientId)}`;
    throw unfinished(
      error,
      `If the row is gone, list it again and then remove it: ${PROGRAM} pims add ${pim}${client}`,
    );
  }
}
