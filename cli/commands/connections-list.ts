import { Command, Option } from 'commander';
import {
  CONNECTION_STATUSES,
  type ConnectionStatus,
} from '../../functions/activation/connection-status.ts';
import { CALLED } from '../../terminal/called.ts';
import { CONNECTION_VIEW } from '../connections/connection-view.ts';
import { failIfMalformed } from '../connections/read-connections.ts';
import { PROGRAM } from '../operator-error.ts';
import { sortedByPim } from '../pims/view.ts';
import type { DefineCommand, Session } from '../session.ts';
import type {
  ConnectionRow,
  MalformedConnection,
  ReadConnection,
} from '../stores/connection-table.ts';
import { listRows } from '../terminal/listing.ts';

interface Flags {
  readonly status?: ConnectionStatus;
}

const AFTER_HELP = `
Examples:
  ${PROGRAM} connections list
  ${PROGRAM} connections list --status disconnected
  ${CALLED.appQuietly} connections list --json

STATUS  connected     the token works, as far as is known
        disconnected  a user of the PIM has disconnected the App
        replaced      the PIM has a newer token that never arrived here
        The last two say since when, and end when somebody opens the App from
        the PIM once.
HEALTH  what the last check of a live connection found; it may be ahead of
        STATUS, because a dead token is believed only when it was seen twice
TOKEN   a fingerprint: it changes when the PIM replaces the token, or you the
        key. The token itself is encrypted, and no command prints it.

Connections are sorted by PIM; more than 1,000 come by the thousand, each sorted
by itself.

A connection that cannot be read, because somebody changed its row by hand, is
named on stderr; the exit status is 1 then, although all others are printed.
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
  const malformed: MalformedConnection[] = [];
  const count = await listRows(wellFormedOf(found, malformed), CONNECTION_VIEW, session);
  failIfMalformed(sortedByPim(malformed));
  if (count > 0 || session.isJson) return;
  session.io.stdout.write(status === undefined ? EMPTY : `No connection is ${status}.\n`);
}

/** The connections that can be read. The others are put aside, of which there are few. */
async function* wellFormedOf(
  found: AsyncIterable<ReadConnection>,
  malformed: MalformedConnection[],
): AsyncGenerator<ConnectionRow> {
  for await (const one of found)
    if (one.kind === 'connection') yield one;
    else malformed.push(one);
}
