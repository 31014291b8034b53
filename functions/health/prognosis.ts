import { type DeadHealth, type Health, isAlive, isDead } from './health.ts';

/** In how many sweeps a PIM has to call a token dead before its connection is marked. */
export const DEADLY_SIGHTINGS = 2;

/** What follows from a finding for the connection. */
export interface Prognosis {
  /** Sweeps, this one included, in which the PIM has called the token dead without taking it in between. */
  readonly consecutiveInvalid: number;
  /** The status that the connection gets now, if it is dead. */
  readonly mark?: DeadHealth;
}

/**
 * Marks a dead token at the second sighting, because one 401 may be a PIM that is being restored or a front end
 * that answers for another; and a mark takes the connection from its back ends.
 *
 * A PIM that cannot be asked in between neither adds a sighting nor takes one back: it said nothing of the token.
 *
 * @param before the sightings so far.
 */
export function prognosis(health: Health, before: number): Prognosis {
  if (isAlive(health)) return { consecutiveInvalid: 0 };
  if (!isDead(health)) return { consecutiveInvalid: before };
  const consecutiveInvalid = before + 1;
  return consecutiveInvalid < DEADLY_SIGHTINGS
    ? { consecutiveInvalid }
    : { consecutiveInvalid, mark: health };
}
