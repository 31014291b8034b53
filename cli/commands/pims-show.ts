import { Command } from 'commander';
import { pimArgument } from '../command-line.ts';
import { asArgument, PROGRAM } from '../operator-error.ts';
import { listedPim } from '../pims/registrations.ts';
import { pimJson, pimText } from '../pims/view.ts';
import type { DefineCommand, Session } from '../session.ts';
import type { SecretState } from '../stores/client-secret-store.ts';
import { timeJson, timeText } from '../terminal/text.ts';

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

function secretText(state: SecretState, pim: string): string {
  if (state.kind === 'stored') return `stored ${timeText(state.changedAt)}`;
  return `${state.kind}; store it: ${PROGRAM} pims rotate-secret ${asArgument(pim)}`;
}

function secretJson(state: SecretState) {
  const changedAt = state.kind === 'stored' ? timeJson(state.changedAt) : null;
  return { state: state.kind, changedAt };
}

async function show(url: string, session: Session): Promise<void> {
  const row = await listedPim(url, session);
  const state = await session.clientSecrets.stateOf(row.clientId);
  session.report(
    { ...pimJson(row, session.stack), secret: secretJson(state) },
    pimText(row, session.stack, secretText(state, row.pim)),
  );
}
