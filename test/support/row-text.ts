import type { StoredRow } from '../../functions/tables/row.ts';

/** A text attribute that the row is known to have. */
export function textOf(row: StoredRow | undefined, name: string): string {
  const value = row?.[name]?.S;
  if (value === undefined) throw new Error(`The row has no text "${name}".`);
  return value;
}
