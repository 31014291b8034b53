import { suffixDomain } from '../pims/pim-key.ts';
import { releaseText } from '../secrets/shared-secret.ts';
import type { Listing } from '../stores/pim-row.ts';
import { plain } from '../terminal/plain.ts';
import type { Removed } from './remove-pim.ts';

/** A row of the allow-list that is to be removed, and what then lists its PIMs. */
export interface Removal {
  readonly listing: Listing;
  /** The suffixes that cover its PIMs as well, the one that counts first. */
  readonly stillCoveredBy: readonly string[];
}

/** What is asked before the row is removed: whether its users can connect afterwards. */
export function removalQuestion({ listing: { pim }, stillCoveredBy }: Removal): string {
  const [covering] = stillCoveredBy;
  if (covering !== undefined) return `Remove the row of ${pim}? ${stillCovers(covering)}`;
  const consequence =
    suffixDomain(pim) === undefined
      ? 'Its users can no longer connect.'
      : 'Users of a PIM below it can no longer connect, unless another row lists that PIM.';
  return `Remove ${pim} from the list? ${consequence}`;
}

/** What was removed, for programs. */
export function removedJson(
  { listing: { pim, clientId }, stillCoveredBy }: Removal,
  { flows, release }: Removed,
) {
  return { pim, clientId: clientId ?? null, removed: true, flows, stillCoveredBy, ...release };
}

/** What was removed, and who can still connect, for people. */
export function removedText(
  { listing: { pim, clientId }, stillCoveredBy }: Removal,
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

/** Of a PIM or of a suffix. */
function stillCovers(covering: string): string {
  return `${covering} still covers it: users can connect by that row.`;
}

const CACHED =
  'Running functions know the old row for up to a minute: who opens the App in that time may still connect, within 30 minutes.';

/** What is told of the secret of a row whose client id was removed by hand. */
const NO_CLIENT = 'Its row named no client id, so no secret was deleted.';
