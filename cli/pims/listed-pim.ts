import { failure } from '../operator-error.ts';
import { asArgument, PROGRAM } from '../program-name.ts';
import type { Session } from '../session.ts';
import type { Listing, PimRow } from '../stores/pim-row.ts';
import { parsePimKey } from './pim-key.ts';

/**
 * The row of a PIM or suffix, whatever spelling of its address the operator typed.
 *
 * @throws {OperatorError} when it is not listed, or its row was spoilt by hand.
 */
export async function listedPim(raw: string, session: Session): Promise<PimRow> {
  const { text } = parsePimKey(raw, session.pimUrlPolicy);
  return (await session.pims.find(text)) ?? notListed(text);
}

/**
 * The same for what only removes the row, which may be spoilt.
 *
 * @throws {OperatorError} when it is not listed.
 */
export async function listingToRemove(raw: string, session: Session): Promise<Listing> {
  const { text } = parsePimKey(raw, session.pimUrlPolicy);
  return (await session.pims.findListing(text)) ?? notListed(text);
}

function notListed(text: string): never {
  throw failure(
    `${text} is not listed.`,
    `See what is: ${PROGRAM} pims list. Add it: ${PROGRAM} pims add ${asArgument(text)}`,
  );
}
