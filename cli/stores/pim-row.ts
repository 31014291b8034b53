import { isMalformed, wellFormed } from '../../functions/pim/malformed.ts';
import { PIM_ATTRIBUTES, PIMS, type PimRow } from '../../functions/tables/pims.ts';
import { readRow, type StoredRow } from '../../functions/tables/row.ts';
import { asArgument, failure, type OperatorError, PROGRAM } from '../operator-error.ts';
import { plain } from '../terminal/text.ts';

/** What an operator decides about a PIM, or about all PIMs under a suffix. */
export type PimSettings = Omit<PimRow, 'pim' | 'addedAt' | 'updatedAt'>;

/** What is known of every row, even when it was spoilt by hand. */
export interface Listing {
  /** A PIM's origin, or a suffix. */
  readonly pim: string;
  /** Absent where it was removed by hand. */
  readonly clientId?: string;
}

/** Reads a row. @throws {OperatorError} naming the PIM and the attribute of a malformed one. */
export function pimRowFromItem(item: StoredRow): PimRow {
  const row = readRow(PIMS, item, PIM_ATTRIBUTES);
  if (isMalformed(row)) throw malformedRow(item, row.problem);
  return row;
}

/** Reads what can be read of every row. */
export function listingFromItem(row: StoredRow): Listing {
  const { pim } = wellFormed(readRow(PIMS, row, ['pim']));
  const clientId = row['clientId']?.S;
  return { pim, ...(clientId !== undefined && { clientId }) };
}

function malformedRow(row: StoredRow, problem: string): OperatorError {
  const { pim } = listingFromItem(row);
  const argument = asArgument(plain(pim));
  return failure(
    `${plain(pim)}: ${problem}`,
    `Somebody changed it by hand. List the PIM anew: ${PROGRAM} pims remove ${argument}, then ${PROGRAM} pims add ${argument}`,
  );
}
