import type { PimUrl } from '../../functions/pim/pim-url.ts';

/** Which connection is meant: that of a client id in a PIM, or the only one that the PIM has. */
export interface Lookup {
  readonly pim: PimUrl;
  /** Absent for the only connection of the PIM. */
  readonly clientId?: string;
}

/** One text for each look-up. JSON keeps the two parts apart: no pair of values can be shifted into another. */
export function lookupKey({ pim, clientId }: Lookup): string {
  return JSON.stringify([pim.toString(), clientId ?? null]);
}
