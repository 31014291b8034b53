import { type PimUrl, type PimUrlPolicy, registrationKeys } from '../../functions/pim/pim-url.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
import { asArgument, failure, PROGRAM } from '../operator-error.ts';
import type { Session } from '../session.ts';
import type { Registration } from '../stores/pim-table.ts';
import { type PimKey, parsePimKey, pimBelow } from './pim-key.ts';

/**
 * Finds the row of a PIM or suffix, in whatever spelling the operator typed its address.
 *
 * @throws {OperatorError} when it is not listed, or its row is malformed.
 */
export async function listedPim(raw: string, session: Session): Promise<PimRow> {
  const { text } = parsePimKey(raw, session.pimUrlPolicy);
  return (await session.pims.find(text)) ?? notListed(text);
}

/**
 * Finds a row that is to be removed, and so may be malformed.
 *
 * @throws {OperatorError} when it is not listed.
 */
export async function registrationToRemove(raw: string, session: Session): Promise<Registration> {
  const { text } = parsePimKey(raw, session.pimUrlPolicy);
  return (await session.pims.findRegistration(text)) ?? notListed(text);
}

function notListed(text: string): never {
  throw failure(
    `${text} is not listed.`,
    `See what is: ${PROGRAM} pims list. Add it: ${PROGRAM} pims add ${asArgument(text)}`,
  );
}

/**
 * The rows that cover a PIM. The first one counts: the PIM's own, else the most specific suffix.
 *
 * @param find looks up one row by its key.
 */
export async function coveringRows<Row extends Registration>(
  pim: PimUrl,
  find: (key: string) => Promise<Row | undefined>,
): Promise<readonly Row[]> {
  const rows = await Promise.all(registrationKeys(pim).map(find));
  return rows.filter((row) => row !== undefined);
}

/** The other suffixes that cover the PIMs of a row, and still list them when it is removed; the one that counts first. */
export async function otherCoveringKeys(
  key: PimKey,
  policy: PimUrlPolicy,
  find: (key: string) => Promise<Registration | undefined>,
): Promise<readonly string[]> {
  const pim = key.kind === 'exact' ? key.pim : pimBelow(key.domain, policy);
  const rows = pim ? await coveringRows(pim, find) : [];
  return rows.map((row) => row.pim).filter((text) => text !== key.text);
}

/** Finds the row that counts for a PIM among rows that were already read. */
export function rowFinder(rows: readonly PimRow[]): (pim: PimUrl) => PimRow | undefined {
  const byKey = new Map(rows.map((row) => [row.pim, row]));
  return (pim) =>
    registrationKeys(pim)
      .map((key) => byKey.get(key))
      .find((row) => row !== undefined);
}
