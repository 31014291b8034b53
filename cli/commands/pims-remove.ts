import { Command } from 'commander';
import { isMalformed } from '../../functions/pim/malformed.ts';
import { PimUrl, registrationKeys } from '../../functions/pim/pim-url.ts';
import { plain } from '../../terminal/printable.ts';
import { type ConfirmFlags, confirmed, pimArgument, unfinished } from '../command-line.ts';
import { asArgument, PROGRAM } from '../operator-error.ts';
import { pimsOfClient, type Release, releaseSecret, releaseText } from '../pims/client-secrets.ts';
import { parsePimKey, suffixDomain } from '../pims/pim-key.ts';
import { ALLOW_SUFFIX } from '../pims/policy.ts';
import { coveringRows, otherCoveringKeys, registrationToRemove } from '../pims/registrations.ts';
import type { DefineCommand, Session } from '../session.ts';
import { type FlowSummary, removeFlows } from '../stores/flow-table.ts';
import type { Registration } from '../stores/pim-table.ts';
import { interruptible } from '../terminal/io.ts';

const AFTER_HELP = `
Examples:
  ${PROGRAM} pims remove https://pim.example.com
  ${PROGRAM} pims remove https://pim.example.com --yes     in a script

It removes, in this order: the row, the flows of users who are on their way, and
the client secret if no other row uses it. Running functions know the row for up
to a minute: who opens the App in that time may still connect. A PIM that a
suffix covers as well stays listed by the suffix; that is said before you are
asked.

The connection and its encrypted token stay: back ends can still use the token
until the App is disconnected in the PIM. When the contract has ended, remove
everything:
  ${PROGRAM} connections forget <pim>
`;

/** Removes a PIM from the allow-list. */
export const pimsRemove: DefineCommand = (open) =>
  new Command('remove')
    .summary('remove a PIM from the list')
    .description(
      'Removes a PIM from the list, and deletes its client secret unless another PIM uses it.',
    )
    .argument('<url>', 'address of the PIM, or its suffix', pimArgument)
    .option('--yes', 'do not ask')
    .addHelpText('after', AFTER_HELP)
    .action(async (url: string, flags: ConfirmFlags, command: Command) =>
      remove(url, flags, await open(command)),
    );

/** A row of the allow-list that is to be removed, and what then still lists its PIMs. */
interface Removal {
  readonly registration: Registration;
  /** The suffixes that cover its PIMs as well, the one that counts first. */
  readonly stillCoveredBy: readonly string[];
}

async function remove(url: string, flags: ConfirmFlags, session: Session): Promise<void> {
  const removal = await plannedRemoval(url, session);
  const action = `Removing ${removal.registration.pim}`;
  await confirmed({ action, question: removalQuestion(removal) }, flags, session.io);
  const removed = await removeOrSayHowToFinish(removal.registration, session);
  session.report(removedJson(removal, removed), removedText(removal, removed));
}

async function plannedRemoval(url: string, session: Session): Promise<Removal> {
  const { pims, pimUrlPolicy } = session;
  const registration = await registrationToRemove(url, session);
  const key = parsePimKey(url, pimUrlPolicy);
  const find = (text: string) => pims.findRegistration(text);
  return { registration, stillCoveredBy: await otherCoveringKeys(key, pimUrlPolicy, find) };
}

/** After a failure, the row may be gone, and with it all that names the client id of the secret. */
async function removeOrSayHowToFinish(
  registration: Registration,
  session: Session,
): Promise<Removed> {
  try {
    return await interruptible(session.io, (signal) => removePim(registration, session, signal));
  } catch (error) {
    const pim = asArgument(registration.pim);
    const client =
      registration.clientId === undefined
        ? ''
        : ` --client-id ${asArgument(registration.clientId)}`;
    const flag = suffixDomain(registration.pim) === undefined ? '' : ` ${ALLOW_SUFFIX}`;
    throw unfinished(
      error,
      `If the row is gone, list it again and then remove it: ${PROGRAM} pims add ${pim}${client}${flag}`,
    );
  }
}

/** What was removed beside the row. */
interface Removed {
  /** How many pending flows: users who are on their way, and attempts that were given up since yesterday. */
  readonly flows: number;
  /** Absent for a row whose client id was removed by hand. */
  readonly release?: Release;
}

/**
 * Removes a row of the allow-list, so that no new flow starts; then the flows that it allowed; and its secret last,
 * because a flow fails without it in a way that looks like an outage.
 *
 * @throws the signal's reason between two steps, when it is aborted.
 */
async function removePim(
  registration: Registration,
  session: Session,
  signal: AbortSignal,
): Promise<Removed> {
  const { clientId } = registration;
  await session.pims.remove(registration.pim);
  const flows = await removeFlows(unlistedFlows(registration, session), session.flows, signal);
  signal.throwIfAborted();
  if (clientId === undefined) return { flows };
  const others = await pimsOfClient(clientId, session.pims);
  return { flows, release: await releaseSecret(clientId, others, session.clientSecrets) };
}

type Stores = Pick<Session, 'flows' | 'pims' | 'pimUrlPolicy'>;

/**
 * The keys of the pending flows that a removed row allowed and that no other row allows; for a suffix, those of every
 * PIM below it. A flow whose PIM is still listed with the same client id is none of them.
 *
 * @param removed a row that is not in the table any more.
 */
async function* unlistedFlows(removed: Registration, stores: Stores): AsyncGenerator<string> {
  const { pim, clientId } = removed;
  const filter = {
    status: 'pending',
    ...(clientId !== undefined && { clientId }),
    ...(suffixDomain(pim) === undefined && { pim }),
  } as const;
  for await (const flow of stores.flows.matching(filter))
    if (await wasCoveredBy(removed, flow, stores)) yield flow.stateHash;
}

/** A flow whose PIM this stack does not accept is skipped: the functions refuse it as well. */
async function wasCoveredBy(
  removed: Registration,
  flow: FlowSummary,
  stores: Stores,
): Promise<boolean> {
  const parsed = PimUrl.parse(flow.pim ?? '', stores.pimUrlPolicy);
  if (isMalformed(parsed) || !registrationKeys(parsed).includes(removed.pim)) return false;
  const [counts] = await coveringRows(parsed, (key) => stores.pims.findRegistration(key));
  return counts === undefined || counts.clientId !== flow.clientId;
}

/** Asks with what the removal means: whether users can still connect. */
function removalQuestion({ registration: { pim }, stillCoveredBy }: Removal): string {
  const [covering] = stillCoveredBy;
  if (covering !== undefined) return `Remove the row of ${pim}? ${stillCovers(covering)}`;
  const consequence =
    suffixDomain(pim) === undefined
      ? 'Its users can no longer connect.'
      : 'Users of a PIM below it can no longer connect, unless another row lists that PIM.';
  return `Remove ${pim} from the list? ${consequence}`;
}

function removedJson(
  { registration: { pim, clientId }, stillCoveredBy }: Removal,
  { flows, release }: Removed,
) {
  return { pim, clientId: clientId ?? null, removed: true, flows, stillCoveredBy, ...release };
}

/** Says what was removed, and who can still connect. */
function removedText(
  { registration: { pim, clientId }, stillCoveredBy }: Removal,
  { flows, release }: Removed,
): string {
  const [covering] = stillCoveredBy;
  const sentences = [
    covering === undefined
      ? `${pim} is no longer listed. ${CACHED}`
      : `The row of ${pim} is removed; running functions notice it within a minute. ${stillCovers(covering)}`,
    `Flows that were not finished, and are refused from now on: ${flows}.`,
    clientId === undefined || release === undefined
      ? NO_CLIENT
      : plain(releaseText(clientId, release)),
  ];
  return sentences.map((sentence) => `${sentence}\n`).join('');
}

function stillCovers(covering: string): string {
  return `${covering} still covers it: users can connect by that row.`;
}

const CACHED =
  'Running functions know the old row for up to a minute: who opens the App in that time may still connect, within 30 minutes.';

/** For a row whose client id was removed by hand. */
const NO_CLIENT = 'Its row named no client id, so no secret was deleted.';
