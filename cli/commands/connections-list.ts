import { Command, Option } from 'commander';
import {
  CONNECTION_STATUSES,
  type ConnectionStatus,
} from '../../functions/activation/connection-status.ts';
import { connectionJson, connectionTable } from '../connections/connection-view.ts';
import {
  failIfMalformed,
  type ReadConnections,
  readConnections,
} from '../connections/read-connections.ts';
import { PROGRAM } from '../operator-error.ts';
import type { DefineCommand, Session } from '../session.ts';

interface Flags {
  readonly status?: ConnectionStatus;
}

const AFTER_HELP = `
Examples:
  ${PROGRAM} connections list
  ${PROGRAM} connections list --status disconnected
  npm run --silent app -- connections list --json | jq '.[] | select(.missingScopes != [])'

STATUS  connected     the token works, as far as is known
        disconnected  a user of the PIM has disconnected the App
        replaced      the PIM has a newer token that never arrived here
        The last two say since when, and end when somebody opens the App from the PIM once.
HEALTH  what the last check of a live connection found; it may be ahead of STATUS, because a
        dead token is believed only when it was seen twice
TOKEN   a fingerprint: it changes when the PIM replaces the token, or you the key. The token
        itself is encrypted, and no command prints it.

A connection that cannot be read, because somebody changed its row by hand, is named on stderr;
the exit status is 1 then, although all others are printed.
`;

const EMPTY = `No PIM has connected yet. Open the App from a listed PIM: Connect > App Store > Connect.
Which are listed: ${PROGRAM} pims list. Whether all is well: ${PROGRAM} doctor\n`;

/** Prints every connection, or those of one status. */
export const connectionsList: DefineCommand = (open) =>
  new Command('list')
    .summary('show which PIMs have connected')
    .description(
      'Shows the connections: who connected when, which scopes were granted, and whether the token still works.',
    )
    .addOption(
      new Option('--status <status>', 'only connections of this status').choices(
        CONNECTION_STATUSES,
      ),
    )
    .addHelpText('after', AFTER_HELP)
    .action(async (flags: Flags, command: Command) => list(flags, await open(command)));

/** The connections of one status are read from the index, so that nobody pays for reading the others. */
async function list({ status }: Flags, session: Session): Promise<void> {
  const { connections } = session;
  const found = status === undefined ? connections.list() : connections.withStatus(status);
  const read = await readConnections(found, session);
  session.report(read.rows.map(connectionJson), textOf(read, status));
  failIfMalformed(read.malformed);
}

function textOf(
  { rows, malformed }: ReadConnections,
  status: ConnectionStatus | undefined,
): string {
  if (rows.length > 0) return connectionTable(rows);
  if (malformed.length > 0) return '';
  return status === undefined ? EMPTY : `No connection is ${status}.\n`;
}
