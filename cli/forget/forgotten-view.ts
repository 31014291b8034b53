import { releaseText } from '../secrets/shared-secret.ts';
import { plain } from '../terminal/plain.ts';
import { details } from '../terminal/table.ts';
import type { Forgotten } from './forget-pim.ts';
import type { StoredData } from './stored-data.ts';

/** What was forgotten and what was left, for programs. */
export function forgottenJson(stored: StoredData, { flows, secrets }: Forgotten) {
  return {
    pim: stored.pim.toString(),
    removed: {
      listing: stored.listing !== undefined,
      flows,
      connections: stored.connections.map(({ clientId }) => clientId),
    },
    secrets,
    leftListings: stored.othersListings.map(({ pim, clientId = null }) => ({ pim, clientId })),
  };
}

/** What was forgotten, what was left and why, for people. */
export function forgottenText(stored: StoredData, forgotten: Forgotten): string {
  const removed = details([
    ['Allow-list', stored.listing ? 'its row' : 'nothing: it had no row of its own'],
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
    ...stored.othersListings.map((row) => leftListing(row, stored)),
    ...(stored.connections.some(({ status }) => status !== 'disconnected') ? [DISCONNECT] : []),
    ...(stored.listing ? [CACHED] : []),
    ...(stored.clientIds.length === 0 ? [NO_TRACE] : []),
  ];
}

function leftListing(row: StoredData['othersListings'][number], { pim }: StoredData): string {
  const why =
    row.pim === pim.toString()
      ? `lists this PIM with ${otherClient(row)}`
      : 'covers other PIMs as well, and this one too, so its users can connect again';
  return plain(`Left in the allow-list: ${row.pim}, because it ${why}.`);
}

function otherClient({ clientId }: StoredData['othersListings'][number]): string {
  return clientId === undefined
    ? 'a client id that cannot be read'
    : `another client id (${clientId})`;
}
