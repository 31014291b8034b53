import { Command } from 'commander';
import type { PimUrl } from '../../functions/pim/pim-url.ts';
import { type Checked, checkConnections } from '../check/check-connections.ts';
import { checkedJson, checkedText } from '../check/checked-view.ts';
import { onePimArgument } from '../command-line/checked-arguments.ts';
import { failure } from '../operator-error.ts';
import { notConnected, onePim } from '../pims/one-pim.ts';
import { PROGRAM } from '../program-name.ts';
import type { Session } from '../session.ts';
import { colours } from '../terminal/colours.ts';
import { interruptible } from '../terminal/interruptible.ts';
import type { OperatorCommand } from './operator-command.ts';

const AFTER_HELP = `
Examples:
  ${PROGRAM} connections check
  ${PROGRAM} connections check https://pim.example.com
  npm run --silent app -- connections check --json | jq '.troubles[].pim'

It does what the scheduled check does, now: it asks each PIM for its version with the stored
token and records what it found, which "connections list" shows. This command never asks one
PIM twice at once; the scheduled check may, and what both find at the same time counts once.
A connection that two checks in a row find dead is marked disconnected or replaced, and is
not visited again until somebody opens the App from its PIM.

Ctrl-C stops it once the visits that are under way have ended; what was found stays on record.
It needs kms:Decrypt for the tokens, which are sent to their PIM and nowhere else.
Exit status 1 when any connection does not work.
`;

/** Visits the connections and says which still work. */
export const connectionsCheck: OperatorCommand = {
  group: 'connections',
  define: (open) =>
    new Command('check')
      .summary('ask the PIMs whether the tokens still work')
      .description('Asks each connected PIM whether it still takes its token, and records that.')
      .argument('[pim]', 'address of one PIM (default: all)', onePimArgument)
      .addHelpText('after', AFTER_HELP)
      .action(async (pim: string | undefined, _flags: unknown, command: Command) =>
        check(pim, await open(command)),
      ),
};

async function check(raw: string | undefined, session: Session): Promise<void> {
  const { io } = session;
  const pim = raw === undefined ? undefined : await connectedPim(raw, session);
  await interruptible(io, async (signal) => {
    const checked = await checkConnections(pim, session, signal);
    session.report(checkedJson(checked), checkedText(checked, colours(io.stdout, io.env)));
    signal.throwIfAborted();
    if (checked.troubles.length > 0) throw notAllWell(checked);
  });
}

/** @throws {OperatorError} when the PIM has never connected, which a count of nothing would not tell. */
async function connectedPim(raw: string, session: Session): Promise<PimUrl> {
  const pim = onePim(raw, session);
  if (await session.connections.hasPim(pim.toString())) return pim;
  throw notConnected(pim);
}

function notAllWell({ troubles, summary }: Checked): Error {
  return failure(
    `${troubles.length} of ${summary.visits} connections are in trouble.`,
    'Do what the table says of them, then run the command again.',
  );
}
