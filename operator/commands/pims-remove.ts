import { Command } from 'commander';
import { pimArgument } from '../command-line/checked-arguments.ts';
import { type ConfirmFlags, confirmed } from '../command-line/confirmed.ts';
import { listedPim } from '../pims/listed-pim.ts';
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

/** Takes a PIM off the allow-list. */
export const pimsRemove: OperatorCommand = {
  group: 'pims',
  define: (open) =>
    new Command('remove')
      .summary('take a PIM off the list')
      .description(
        'Takes a PIM off the list and lets go of its client secret, unless another PIM uses it.',
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
  const { pims, vault } = session;
  const { pim, clientId } = await listedPim(url, session);
  const deed = `Removing ${pim}`;
  const question = `Take ${pim} off the list? Its users can no longer connect.`;
  await confirmed({ deed, question }, flags, session.io);
  await pims.remove(pim);
  const release = await releaseSecret(clientId, await pimsOfClient(clientId, pims), vault);
  session.report(
    { pim, clientId, removed: true, ...release },
    `${pim} is no longer listed; running functions notice it within a minute.\n${releaseText(clientId, release)}\n`,
  );
}
