import { Command } from 'commander';
import type { PimUrl } from '../../functions/pim/pim-url.ts';
import { plain } from '../../terminal/printable.ts';
import { type ConfirmFlags, confirmed, onePimArgument, unfinished } from '../command-line.ts';
import { asArgument, PROGRAM } from '../operator-error.ts';
import { pimsOfClient, type Release, releaseSecret, releaseText } from '../pims/client-secrets.ts';
import { checkedClientId } from '../pims/credentials.ts';
import { onePim } from '../pims/pim-key.ts';
import { coveringRows } from '../pims/registrations.ts';
import type { DefineCommand, Session } from '../session.ts';
import type { ConnectionSummary } from '../stores/connection-table.ts';
import { removeFlows } from '../stores/flow-table.ts';
import type { Registration } from '../stores/pim-table.ts';
import { interruptible } from '../terminal/io.ts';
import { collect, progress } from '../terminal/progress.ts';
import { details } from '../terminal/text.ts';

interface Flags extends ConfirmFlags {
  readonly clientId?: string;
}

const AFTER_HELP = `
Examples:
  ${PROGRAM} connections forget https://pim.example.com
  ${PROGRAM} connections forget https://pim.example.com --yes --json
  ${PROGRAM} connections forget https://pim.example.com --client-id 2f6c…
      only what belongs to this client id, such as that of an App that was
      registered anew

It removes, in this order: the PIM's own row of the allow-list, its flows, its
connections with their encrypted tokens, and each client secret that no other
row or connection uses. A suffix such as "*.cloud.akeneo.com" is left, and
named. After an interruption run it again, as the message says: it finishes the
rest.

The token lives on in the PIM until an administrator there clicks "Disconnect".
`;

/** Removes everything that is stored of a PIM. */
export const connectionsForget: DefineCommand = (open) =>
  new Command('forget')
    .summary('remove everything that is stored of a PIM')
    .description(
      'Removes everything that is stored of a PIM, for a contract that ends: token, flows, listing and secret.',
    )
    .argument('<pim>', 'address of the PIM', onePimArgument)
    .option('--client-id <id>', 'only what belongs to this client id', checkedClientId)
    .option('--yes', 'do not ask')
    .addHelpText('after', AFTER_HELP)
    .action(async (pim: string, flags: Flags, command: Command) =>
      forget(pim, flags, await open(command)),
    );

async function forget(raw: string, flags: Flags, session: Session): Promise<void> {
  const pim = onePim(raw, session);
  const stored = await storedData(pim, flags.clientId, session);
  const address = pim.toString();
  const clients = stored.clientIds.length > 0 ? ` (client id ${stored.clientIds.join(', ')})` : '';
  const question = `Remove the token, the flows and the listing of ${address}${clients}? Tokens cannot be brought back.`;
  await confirmed({ action: `Forgetting ${address}`, question }, flags, session.io);
  const forgotten = await forgetOrSayHowToFinish(stored, session);
  session.report(forgottenJson(stored, forgotten), forgottenText(stored, forgotten));
}

/** After a failure, the row and the connection may be gone, and with them all that names the client id of the secret. */
async function forgetOrSayHowToFinish(stored: StoredData, session: Session): Promise<Forgotten> {
  try {
    return await interruptible(session.io, (signal) => forgetPim(stored, session, signal));
  } catch (error) {
    const commands = stored.clientIds.map(
      (clientId) =>
        `${PROGRAM} connections forget ${asArgument(stored.pim.toString())} --client-id ${asArgument(clientId)}`,
    );
    throw unfinished(error, `Then finish: ${commands.join(' ; ')}`);
  }
}

/** Removes everything that is stored of a PIM, without a question. */
export async function forgetAll(pim: PimUrl, session: Session): Promise<void> {
  const stored = await storedData(pim, undefined, session);
  await forgetPim(stored, session, new AbortController().signal);
}

/** What is stored of a PIM, or of one client id in it. */
interface StoredData {
  readonly pim: PimUrl;
  /** Absent when all client ids are meant. */
  readonly onlyClientId?: string;
  /** The PIM's own row of the allow-list. */
  readonly registration?: Registration;
  /** Rows that cover the PIM but are not its to remove: suffixes, and its own row under another client id. */
  readonly otherRegistrations: readonly Registration[];
  readonly connections: readonly ConnectionSummary[];
  /** Whose secrets the PIM has used. */
  readonly clientIds: readonly string[];
}

/** Looks up what is stored, by keys as far as possible: this command also removes rows that are malformed. */
async function storedData(
  pim: PimUrl,
  onlyClientId: string | undefined,
  session: Session,
): Promise<StoredData> {
  const isMeant: IsMeant = ({ clientId }) =>
    onlyClientId === undefined || clientId === onlyClientId;
  const stored = {
    pim,
    ...(onlyClientId !== undefined && { onlyClientId }),
    ...(await findRegistrations(pim, isMeant, session)),
    connections: (await findConnections(pim, session)).filter(isMeant),
  };
  return { ...stored, clientIds: clientIdsOf(stored) };
}

type IsMeant = (row: { readonly clientId?: string }) => boolean;

async function findRegistrations(pim: PimUrl, isMeant: IsMeant, { pims }: Session) {
  const covering = await coveringRows(pim, (key) => pims.findRegistration(key));
  const registration = covering.find((row) => row.pim === pim.toString() && isMeant(row));
  const otherRegistrations = covering.filter((row) => row !== registration);
  return { ...(registration && { registration }), otherRegistrations };
}

function findConnections(
  pim: PimUrl,
  { connections, io, now }: Session,
): Promise<readonly ConnectionSummary[]> {
  const found = connections.summariesOfPim(pim.toString());
  return collect(found, progress('connections', io, now));
}

function clientIdsOf({
  onlyClientId,
  registration,
  connections,
}: Omit<StoredData, 'clientIds'>): readonly string[] {
  if (onlyClientId !== undefined) return [onlyClientId];
  const users = [registration?.clientId, ...connections.map(({ clientId }) => clientId)];
  return [...new Set(users.filter((clientId) => clientId !== undefined))].sort();
}

/** What was removed beside the rows of {@link StoredData}. */
interface Forgotten {
  /** How many were removed. */
  readonly flows: number;
  readonly secrets: readonly ({ readonly clientId: string } & Release)[];
}

/**
 * Removes what is stored of a PIM. After each step, what is left works or is refused cleanly: the PIM's row goes first,
 * so that no new flow starts; then the flows, so that none makes a new connection; then the connections; and the
 * secrets last, because whatever still uses one would fail without it.
 *
 * @throws the signal's reason between two steps, when it is aborted.
 */
async function forgetPim(
  stored: StoredData,
  session: Session,
  signal: AbortSignal,
): Promise<Forgotten> {
  if (stored.registration) await session.pims.remove(stored.registration.pim);
  const started = session.flows.ofPim(stored.pim.toString(), stored.onlyClientId);
  const flows = await removeFlows(started, session.flows, signal);
  for (const connection of stored.connections) {
    signal.throwIfAborted();
    await session.connections.remove(connection);
  }
  return { flows, secrets: await releaseSecrets(stored, session, signal) };
}

async function releaseSecrets(
  { clientIds }: StoredData,
  session: Session,
  signal: AbortSignal,
): Promise<Forgotten['secrets']> {
  const secrets: Forgotten['secrets'][number][] = [];
  for (const clientId of clientIds) {
    signal.throwIfAborted();
    secrets.push({ clientId, ...(await releaseUnused(clientId, session)) });
  }
  return secrets;
}

/** Connections count as uses too: a PIM may be connected without being listed any more, and connect again. */
async function releaseUnused(
  clientId: string,
  { pims, connections, clientSecrets }: Session,
): Promise<Release> {
  const listed = await pimsOfClient(clientId, pims);
  const connected = await pimsOfClient(clientId, connections);
  return releaseSecret(clientId, [...new Set([...listed, ...connected])].sort(), clientSecrets);
}

function forgottenJson(stored: StoredData, { flows, secrets }: Forgotten) {
  return {
    pim: stored.pim.toString(),
    removed: {
      listing: stored.registration !== undefined,
      flows,
      connections: stored.connections.map(({ clientId }) => clientId),
    },
    secrets,
    leftListings: stored.otherRegistrations.map(({ pim, clientId = null }) => ({ pim, clientId })),
  };
}

/** Says what was removed, what was left, and why. */
function forgottenText(stored: StoredData, forgotten: Forgotten): string {
  const removed = details([
    ['Allow-list', stored.registration ? 'its row' : 'nothing: it had no row of its own'],
    ['Flows', String(forgotten.flows)],
    ['Connections', connectionsText(stored)],
  ]);
  const secrets = forgotten.secrets.map(({ clientId, ...release }) =>
    plain(releaseText(clientId, release)),
  );
  const paragraphs = [...secrets, ...leftText(stored)].map((sentence) => `${sentence}\n`);
  return `Removed of ${stored.pim.toString()}:\n${removed}${paragraphs.join('')}`;
}

function connectionsText({ connections }: StoredData): string {
  if (connections.length === 0) return 'none: there was none';
  const clientIds = connections.map(({ clientId }) => clientId).join(', ');
  return `of client id ${clientIds}, with the encrypted token`;
}

const DISCONNECT =
  'Left in the PIM: the token itself works until an administrator of the PIM clicks “Disconnect” (Connect > Connected Apps > the App). Ask for it.';
const CACHED =
  'Running functions know the old row for a minute: should somebody open the App just now, run this once more afterwards.';
const NO_TRACE =
  'Nothing names a client id any more. If an earlier run was interrupted, its secret may be left: run this once more with --client-id <id>.';

function leftText(stored: StoredData): readonly string[] {
  return [
    ...stored.otherRegistrations.map((row) => leftRegistration(row, stored)),
    ...(stored.connections.some(({ status }) => status !== 'disconnected') ? [DISCONNECT] : []),
    ...(stored.registration ? [CACHED] : []),
    ...(stored.clientIds.length === 0 ? [NO_TRACE] : []),
  ];
}

function leftRegistration(
  row: StoredData['otherRegistrations'][number],
  { pim }: StoredData,
): string {
  const why =
    row.pim === pim.toString()
      ? `lists this PIM with ${otherClient(row)}`
      : 'covers other PIMs as well, and this one too, so its users can connect again';
  return plain(`Left in the allow-list: ${row.pim}, because it ${why}.`);
}

function otherClient({ clientId }: StoredData['otherRegistrations'][number]): string {
  return clientId === undefined
    ? 'a client id that cannot be read'
    : `another client id (${clientId})`;
}
