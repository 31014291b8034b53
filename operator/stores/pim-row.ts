import { formatScope, parseScope, type ScopeSet } from '../../functions/pim/scopes.ts';
import {
  type Item,
  ItemReader,
  item,
  optionalText,
  text,
  time,
} from '../../functions/store/item.ts';

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

/** @throws {TypeError} naming the attribute that is not usable. */
export function pimRowFromItem(row: Item): PimRow {
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
