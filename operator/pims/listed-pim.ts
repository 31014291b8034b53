import { failure } from '../operator-error.ts';
import { asArgument, PROGRAM } from '../program-name.ts';
import type { Session } from '../session.ts';
import type { PimRow } from '../stores/pim-row.ts';
import { parsePimKey } from './pim-key.ts';

/**
 * The row of a PIM or suffix, whatever spelling of its address the operator typed.
 *
 * @throws {OperatorError} when it is not listed.
 */
export async function listedPim(raw: string, session: Session): Promise<PimRow> {
  const { text } = parsePimKey(raw, session.pimUrlPolicy);
  const row = await session.pims.find(text);
  if (row) return row;
  throw failure(
    `${text} is not listed.`,
    `See what is: ${PROGRAM} pims list. Add it: ${PROGRAM} pims add ${asArgument(text)}`,
  );
}
