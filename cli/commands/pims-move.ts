import { Command } from 'commander';
import type { PimRow } from '../../functions/tables/pims.ts';
import { type ConfirmFlags, confirmed, onePimArgument } from '../command-line.ts';
import { explainError } from '../explain-error.ts';
import { asArgument, failure, OperatorError, PROGRAM, usageError } from '../operator-error.ts';
import { onePim } from '../pims/pim-key.ts';
import { otherCoveringKeys } from '../pims/registrations.ts';
import { pimJson, pimText } from '../pims/view.ts';
import type { DefineCommand, Session } from '../session.ts';
import { removeFlows } from '../stores/flow-table.ts';
import { interruptible } from '../terminal/io.ts';
import { collectAll } from '../terminal/progress.ts';

interface Flags extends ConfirmFlags {
  readonly forgetConnection?: boolean;
}

const AFTER_HELP = `
Example:
  ${PROGRAM} pims move https://old.example.com https://new.example.com
  ${PROGRAM} pims move https://old.example https://new.example --yes

For a PIM that has got another address and kept the App, with the same client
id. It lists the new address with all settings of the old one and with the same
callback URL, because the URLs of an App cannot be edited in a PIM; removes the
row of the old address; and ends the flows of users who are on their way there.
Running functions know the old row for up to a minute.

The token is encrypted for the old address, so it does not move. Opening the App
once from the new address stores it anew. Until then, back ends can use the
connection of the old address, if it still leads to the PIM. They and the health
check go on sending the token there. So remove that connection at once if the
old address belongs to somebody else now (--forget-connection), and otherwise
when the App has been opened: ${PROGRAM} connections forget <old>

After an interruption run it again: it finishes the rest.
`;

/** Moves a PIM's row to another address. */
export const pimsMove: DefineCommand = (open) =>
  new Command('move')
    .summary('list a PIM by its new address')
    .description('Moves what is listed for a PIM to the new address of that PIM.')
    .argument('<old>', 'address that is listed', onePimArgument)
    .argument('<new>', 'new address of the same PIM', onePimArgument)
    .option('--forget-connection', 'remove the connection of the old address, with its token')
    .option('--no-forget-connection', 'leave it')
    .option('--yes', 'do not ask; leaves the connection unless told otherwise')
    .addHelpText('after', AFTER_HELP)
    .action(async (from: string, to: string, flags: Flags, command: Command) =>
      move({ from, to }, flags, await open(command)),
    );

/** A move that is to be made, or to be finished. */
interface Move {
  readonly from: string;
  readonly to: string;
  /** The row of the old address; absent when an interrupted run has removed it. */
  readonly before?: PimRow;
  /** The row of the new address, if an interrupted run has written it. */
  readonly written?: PimRow;
  readonly clientId: string;
}

async function move(
  raw: { readonly from: string; readonly to: string },
  flags: Flags,
  session: Session,
): Promise<void> {
  const from = onePim(raw.from, session).toString();
  const to = onePim(raw.to, session).toString();
  const planned = await plannedMove(from, to, session);
  const question = `List ${to} in place of ${from}, with the same client id and callback URL? Users can then connect from ${to} only.`;
  await confirmed({ action: `Moving ${from}`, question }, flags, session.io);
  const isConnected = await hasConnection(planned, session);
  const forgets = isConnected && (await forgetsConnection(planned, flags, session));
  const moved = await moveOrSayHowToFinish(planned, forgets, session);
  await reportMoved(planned, { ...moved, connection: fateOf(isConnected, forgets) }, session);
}

/** @throws {OperatorError} when the old address has no row, or the new one has a row of its own. */
async function plannedMove(from: string, to: string, { pims }: Session): Promise<Move> {
  if (from === to)
    throw usageError(`Both addresses are ${from}.`, 'Give the new address of the PIM second.');
  const [before, found] = await Promise.all([pims.find(from), pims.find(to)]);
  const written = found?.movedFrom === from ? found : undefined;
  const row = before ?? written;
  if (!row) throw oldIsNotListed(from, to);
  if (found && (!written || found.clientId !== row.clientId)) throw newIsListed(from, to);
  return {
    from,
    to,
    clientId: row.clientId,
    ...(before && { before }),
    ...(written && { written }),
  };
}

function newIsListed(from: string, to: string): Error {
  return failure(
    `${to} is listed already, with a row that does not come from ${from}.`,
    `Look at both: ${PROGRAM} pims show ${asArgument(to)} ; ${PROGRAM} pims show ${asArgument(from)}. If ${to} should get the settings of ${from}, remove its row first: ${PROGRAM} pims remove ${asArgument(to)}`,
  );
}

function oldIsNotListed(from: string, to: string): Error {
  return failure(
    `${from} has no row of its own, so there is nothing to move.`,
    `See what is listed: ${PROGRAM} pims list. A PIM that a suffix lists needs no move while the suffix covers the new address too: open the App from ${to}. Otherwise: ${PROGRAM} pims add ${asArgument(to)}`,
  );
}

async function hasConnection({ from, clientId }: Move, { connections }: Session): Promise<boolean> {
  for await (const connection of connections.summariesOfPim(from))
    if (connection.clientId === clientId) return true;
  return false;
}

/** Whether the connection of the old address goes: by the option, else by the person at the terminal, else not. */
async function forgetsConnection(
  { from, to }: Move,
  { forgetConnection, yes }: Flags,
  { io }: Session,
): Promise<boolean> {
  if (forgetConnection !== undefined) return forgetConnection;
  if (yes || !io.isInteractive) return false;
  return io.prompts.confirm(
    `Remove the connection of ${from} now, with its token? Back ends then have no token until somebody opens the App from ${to}. If you leave it, the token goes on being sent to ${from}.`,
  );
}

/** What was done beside the rows. */
interface Moved {
  readonly row: PimRow;
  /** How many flows of the old address were ended. */
  readonly flows: number;
}

async function moveOrSayHowToFinish(
  planned: Move,
  forgets: boolean,
  session: Session,
): Promise<Moved> {
  try {
    return await interruptible(session.io, (signal) => movePim(planned, forgets, session, signal));
  } catch (error) {
    const { kind, message, next } = explainError(error);
    const again = `${PROGRAM} pims move ${asArgument(planned.from)} ${asArgument(planned.to)}${forgets ? ' --forget-connection' : ''}`;
    const isSaid = next.includes('pims move');
    throw new OperatorError(kind, message, isSaid ? next : `${next} Then finish: ${again}`);
  }
}

/**
 * Moves a PIM. The new row comes first, so that the PIM is listed at any time and a run that is interrupted can be
 * repeated; then the old row goes, so that no flow starts there; then its flows; and the connection last.
 *
 * @throws the signal's reason between two steps, when it is aborted.
 */
async function movePim(
  planned: Move,
  forgets: boolean,
  session: Session,
  signal: AbortSignal,
): Promise<Moved> {
  const { from, clientId } = planned;
  const row = await writeNewRow(planned, session);
  signal.throwIfAborted();
  await removeOldRow(planned, row, session);
  signal.throwIfAborted();
  const flows = await removeFlows(pendingFlows(planned, session), session.flows, signal);
  if (forgets) await session.connections.remove({ pim: from, clientId });
  return { row, flows };
}

/** The row of the new address. Of two rows that an interrupted run has left, the one that was changed last counts. */
async function writeNewRow({ from, to, before, written }: Move, session: Session): Promise<PimRow> {
  const { pims, now } = session;
  if (written && (!before || before.updatedAt <= written.updatedAt)) return written;
  const row = before && { ...before, pim: to, movedFrom: from, updatedAt: now() };
  if (!row) throw changedMeanwhile(from, to);
  const isWritten = written ? await pims.replace(written, row) : await pims.add(row);
  if (!isWritten) throw changedMeanwhile(from, to);
  return row;
}

/**
 * Two operators may move a PIM to two addresses at the same time. Only the one who removes the old row has moved it; the
 * other one takes the new row back, since two PIMs must not have one callback URL.
 *
 * @throws {OperatorError} when somebody has changed the old row meanwhile, or moved the PIM to yet another address.
 */
async function removeOldRow(
  { from, to, before, written }: Move,
  row: PimRow,
  { pims }: Session,
): Promise<void> {
  if (before && (await pims.removeUnchanged(before))) return;
  if (before && (await pims.findRegistration(from))) throw changedMeanwhile(from, to);
  const others = (await collectAll(pims.keysWith('movedFrom', from))).filter((pim) => pim !== to);
  if (others.length === 0) return;
  if (!written) await pims.removeUnchanged(row);
  throw movedElsewhere(from, others, written ? [to] : []);
}

function movedElsewhere(
  from: string,
  others: readonly string[],
  alsoListed: readonly string[],
): Error {
  const listed = [...others, ...alsoListed].toSorted();
  return failure(
    `Somebody else has moved ${from} at the same time. Listed are now: ${listed.join(', ')}.`,
    listed.length > 1
      ? `Remove what is not the address of the PIM: ${PROGRAM} pims remove <address>`
      : `If that is not the address of the PIM, move it from there: ${PROGRAM} pims move ${listed.map(asArgument).join(' ')} <new>`,
  );
}

/** The keys of the flows of users who are on their way in the PIM, under its old address. */
async function* pendingFlows({ from, clientId }: Move, { flows }: Session): AsyncGenerator<string> {
  const filter = { pim: from, clientId, status: 'pending' } as const;
  for await (const { stateHash } of flows.matching(filter)) yield stateHash;
}

function changedMeanwhile(from: string, to: string): Error {
  return failure(
    `${from} or ${to} was changed by somebody else in this moment.`,
    `Run it again: ${PROGRAM} pims move ${asArgument(from)} ${asArgument(to)}`,
  );
}

type Fate = 'removed' | 'kept' | 'none';

function fateOf(isConnected: boolean, forgets: boolean): Fate {
  if (!isConnected) return 'none';
  return forgets ? 'removed' : 'kept';
}

async function reportMoved(
  { from, to }: Move,
  { row, flows, connection }: Moved & { readonly connection: Fate },
  session: Session,
): Promise<void> {
  const { pims, pimUrlPolicy, stack } = session;
  const key = { kind: 'exact', text: from, pim: onePim(from, session) } as const;
  const find = (text: string) => pims.findRegistration(text);
  const stillCoveredBy = await otherCoveringKeys(key, pimUrlPolicy, find);
  const sentences = [
    `${to} is listed in place of ${from}; running functions notice it within a minute.`,
    `Flows of ${from} that were ended: ${flows}.`,
    ...stillCoveredBy
      .slice(0, 1)
      .map((suffix) => `${suffix} still covers ${from}: users can connect from there by that row.`),
    CONNECTION_TEXTS[connection](from),
    `Open the App once from ${to} (Connect > Connected Apps > the App > Open app): that stores its token for the new address. Then: ${PROGRAM} connections list`,
    'Back ends and logins that know the PIM by its address need the new one.',
  ];
  session.report(
    { ...pimJson(row, stack), flows, connection, stillCoveredBy },
    `${sentences[0]}\n${pimText(row, stack)}${sentences
      .slice(1)
      .map((sentence) => `${sentence}\n`)
      .join('')}`,
  );
}

const CONNECTION_TEXTS: Readonly<Record<Fate, (from: string) => string>> = {
  removed: (from) =>
    `The connection of ${from} is removed, with its encrypted token. A function that has not noticed yet can save it once more: after a minute, see ${PROGRAM} connections list.`,
  kept: (from) =>
    `The connection of ${from} is left: back ends and the health check go on sending its token there. When the App has been opened from the new address: ${PROGRAM} connections forget ${asArgument(from)}`,
  none: (from) => `${from} had no connection.`,
};
