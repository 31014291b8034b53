import { Command } from 'commander';
import { onePimArgument } from '../command-line.ts';
import { connectionJson, connectionText } from '../connections/connection-view.ts';
import { failIfMalformed, onlyClient, readConnections } from '../connections/read-connections.ts';
import { PROGRAM } from '../operator-error.ts';
import { checkedClientId } from '../pims/credentials.ts';
import { notConnected, onePim } from '../pims/pim-key.ts';
import type { DefineCommand, Session } from '../session.ts';

interface Flags {
  readonly clientId?: string;
}

const AFTER_HELP = `
Examples:
  ${PROGRAM} connections show https://pim.example
  ${PROGRAM} connections show https://pim.example --client-id 2f6c… --json

A PIM has one connection for each client id that ever connected, so the JSON is
a list.

A connection that cannot be read, because somebody changed its row by hand, is
named on stderr, with what is wrong in it; the exit status is 1 then.
`;

/** Prints the connections of one PIM. */
export const connectionsShow: DefineCommand = (open) =>
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
    );

async function show(raw: string, { clientId }: Flags, session: Session): Promise<void> {
  const pim = onePim(raw, session);
  const found = session.connections.ofPim(pim.toString());
  const { rows, malformed } = onlyClient(clientId, await readConnections(found, session));
  if (rows.length + malformed.length === 0) throw notConnected(pim, clientId);
  session.report(rows.map(connectionJson), rows.map(connectionText).join('\n'));
  failIfMalformed(malformed);
}
