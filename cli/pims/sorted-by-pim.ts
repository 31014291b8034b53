/** Rows in the order of their PIM's address, because a scan has none. */
export function sortedByPim<Row extends { readonly pim: string; readonly clientId: string }>(
  rows: readonly Row[],
): readonly Row[] {
  return rows.toSorted((one, other) => compare(keyOf(one), keyOf(other)));
}

function keyOf({ pim, clientId }: { readonly pim: string; readonly clientId: string }): string {
  return `${pim} ${clientId}`;
}

/** By code point: the same on every machine, whatever its locale. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
