import { formatScope, parseScope, type ScopeSet } from '../../functions/pim/scopes.ts';
import {
  type Item,
  ItemReader,
  item,
  optionalText,
  text,
  time,
} from '../../functions/store/item.ts';
import { asArgument, failure, type OperatorError, PROGRAM } from '../operator-error.ts';
import { plain } from '../terminal/text.ts';

/** What an operator decides about a PIM, or about all PIMs under a suffix. */
export interface PimSettings {
  readonly clientId: string;
  /** Everything the App asks for. */
  readonly scopes: ScopeSet;
  /** Where users go after connecting. */
  readonly appUrl?: string;
  /** A name for people; the functions never read it. */
  readonly label?: string;
}

/** A row of the allow-list. */
export interface PimRow extends PimSettings {
  /** A PIM's origin, or a suffix such as `*.cloud.akeneo.com`. */
  readonly pim: string;
  /** Epoch milliseconds. */
  readonly addedAt: number;
  /** Epoch milliseconds. */
  readonly updatedAt: number;
}

/** What is known of every row, even when it was spoilt by hand. */
export interface Listing {
  /** A PIM's origin, or a suffix. */
  readonly pim: string;
  /** Absent where it was removed by hand. */
  readonly clientId?: string;
}

/** The row as the activate function reads it. */
export function pimRowToItem(row: PimRow): Item {
  return item({
    pim: text(row.pim),
    clientId: text(row.clientId),
    scopes: text(formatScope(row.scopes)),
    appUrl: optionalText(row.appUrl),
    label: optionalText(row.label),
    addedAt: time(row.addedAt),
    updatedAt: time(row.updatedAt),
  });
}

/** Reads a row. @throws {OperatorError} naming the PIM and the attribute of one that was spoilt by hand. */
export function pimRowFromItem(row: Item): PimRow {
  try {
    return readRow(row);
  } catch (error) {
    throw error instanceof TypeError ? spoiltRow(row, error) : error;
  }
}

/** Reads what can be read of every row. */
export function listingFromItem(row: Item): Listing {
  const reader = new ItemReader('Pims', row);
  const clientId = reader.optionalText('clientId');
  return { pim: reader.text('pim'), ...(clientId !== undefined && { clientId }) };
}

/** @throws {TypeError} naming the attribute that is not usable. */
function readRow(row: Item): PimRow {
  const reader = new ItemReader('Pims', row);
  const appUrl = reader.optionalText('appUrl');
  const label = reader.optionalText('label');
  return {
    pim: reader.text('pim'),
    clientId: reader.text('clientId'),
    scopes: parseScope(reader.text('scopes')),
    addedAt: reader.time('addedAt'),
    updatedAt: reader.time('updatedAt'),
    ...(appUrl !== undefined && { appUrl }),
    ...(label !== undefined && { label }),
  };
}

function spoiltRow(row: Item, { message }: TypeError): OperatorError {
  const { pim } = listingFromItem(row);
  const argument = asArgument(plain(pim));
  return failure(
    `${plain(pim)}: ${message}`,
    `Somebody changed it by hand. List the PIM anew: ${PROGRAM} pims remove ${argument}, then ${PROGRAM} pims add ${argument}`,
  );
}
