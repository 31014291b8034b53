import { Command } from 'commander';
import { onePimArgument } from '../command-line/checked-arguments.ts';
import { connectionJson, connectionText } from '../connection-view.ts';
import { notConnected, onePim } from '../pims/one-pim.ts';
import { PROGRAM } from '../program-name.ts';
import { checkedClientId } from '../secrets/client-credentials.ts';
import type { Session } from '../session.ts';
import { collect, progress } from '../terminal/progress.ts';
import type { OperatorCommand } from './operator-command.ts';

interface Flags {
  readonly clientId?: string;
}

const AFTER_HELP = `
Examples:
  ${PROGRAM} connections show https://pim.example.com
  ${PROGRAM} connections show https://pim.example.com --client-id 2f6c… --json

A PIM has one connection for each client id that ever connected, so the JSON is a list.
`;

/** Prints the connections of one PIM. */
export const connectionsShow: OperatorCommand = {
  group: 'connections',
  define: (open) =>
    new Command('show')
      .summary('show the connection of one PIM')
      .description(
        'Shows the connection of a PIM: its status and health, its scopes, and when it was used.',
      )
      .argument('<pim>', 'address of the PIM', onePimArgument)
      .option('--client-id <id>', 'only the connection of this client id', checkedClientId)
      .addHelpText('after', AFTER_HELP)
      .action(async (pim: string, flags: Flags, command: Command) =>
        show(pim, flags, await open(command)),
      ),
};

async function show(raw: string, { clientId }: Flags, session: Session): Promise<void> {
  const pim = onePim(raw, session);
  const counter = progress('connections', session.io, session.now);
  const rows = await collect(session.connections.ofPim(pim.toString()), counter);
  const shown = rows.filter((row) => clientId === undefined || row.clientId === clientId);
  if (shown.length === 0) throw notConnected(pim, clientId);
  session.report(shown.map(connectionJson), shown.map(connectionText).join('\n'));
}
