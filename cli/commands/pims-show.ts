import { Command } from 'commander';
import { pimArgument } from '../command-line.ts';
import { asArgument, PROGRAM } from '../operator-error.ts';
import { listedPim } from '../pims/registrations.ts';
import { pimJson, pimText } from '../pims/view.ts';
import type { DefineCommand, Session } from '../session.ts';
import type { SecretState } from '../stores/client-secret-store.ts';

const AFTER_HELP = `
Example:
  ${PROGRAM} pims show https://pim.example.com
`;

/** Prints one row of the allow-list, and whether its secret is there. */
export const pimsShow: DefineCommand = (open) =>
  new Command('show')
    .summary('show what is listed for one PIM')
    .description('Shows what is listed for a PIM, and whether its client secret is stored.')
    .argument('<url>', 'address of the PIM, or its suffix', pimArgument)
    .addHelpText('after', AFTER_HELP)
    .action(async (url: string, _flags: unknown, command: Command) =>
      show(url, await open(command)),
    );

const SECRET_TEXT: Readonly<Record<SecretState, string>> = {
  stored: 'stored',
  absent: 'missing; store it:',
  'being-deleted': 'being deleted, so unusable; store it again:',
};

function secretText(state: SecretState, pim: string): string {
  const text = SECRET_TEXT[state];
  return state === 'stored' ? text : `${text} ${PROGRAM} pims rotate-secret ${asArgument(pim)}`;
}

async function show(url: string, session: Session): Promise<void> {
  const row = await listedPim(url, session);
  const state = await session.clientSecrets.stateOf(row.clientId);
  const name = session.clientSecrets.nameOf(row.clientId);
  session.report(
    { ...pimJson(row, session.stack), secret: { name, state } },
    pimText(row, session.stack, secretText(state, row.pim)),
  );
}
