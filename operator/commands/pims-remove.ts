import { Command } from 'commander';
import { pimArgument } from '../command-line/checked-arguments.ts';
import { type ConfirmFlags, confirmed } from '../command-line/confirmed.ts';
import { listingToRemove } from '../pims/listed-pim.ts';
import { PROGRAM } from '../program-name.ts';
import { pimsOfClient, releaseSecret, releaseText } from '../secrets/shared-secret.ts';
import type { Session } from '../session.ts';
import type { OperatorCommand } from './operator-command.ts';

const AFTER_HELP = `
Examples:
  ${PROGRAM} pims remove https://pim.example.com
  ${PROGRAM} pims remove https://pim.example.com --yes     in a script

The connection and its encrypted token stay: a PIM that is no longer listed can start no new
flow, but back ends can still use its token until the App is disconnected in the PIM. When
the contract has ended, remove everything: ${PROGRAM} connections forget <pim>
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

/** The row goes before the secret, so that a listed PIM always has one. */
async function remove(url: string, flags: ConfirmFlags, session: Session): Promise<void> {
  const { pim, clientId } = await listingToRemove(url, session);
  const action = `Removing ${pim}`;
  const question = `Remove ${pim} from the list? Its users can no longer connect.`;
  await confirmed({ action, question }, flags, session.io);
  await session.pims.remove(pim);
  const released = clientId === undefined ? NO_CLIENT : await release(clientId, session);
  session.report(
    { pim, clientId: clientId ?? null, removed: true, ...released.json },
    `${pim} is no longer listed; running functions notice it within a minute.\n${released.text}\n`,
  );
}

/** What is told of the secret of a row whose client id was removed by hand. */
const NO_CLIENT = { json: {}, text: 'Its row named no client id, so no secret was deleted.' };

async function release(clientId: string, { pims, vault }: Session) {
  const json = await releaseSecret(clientId, await pimsOfClient(clientId, pims), vault);
  return { json, text: releaseText(clientId, json) };
}
