import { type AttributeValue, time } from '../tables/row.ts';

/** A day. No sweep lasts so long, so a check that is dated later comes from a clock that runs ahead. */
const IMPLAUSIBLE_MS = 86_400_000;

/**
 * The condition of a row that a sweep has not visited. A row that a wrong clock has dated ahead counts as not visited:
 * it would be left out until that time otherwise.
 *
 * Times are ISO 8601 in UTC, so their order as text is their order in time.
 */
export const IS_NOT_VISITED =
  '(attribute_not_exists(checkedAt) OR checkedAt < :sweepStartedAt OR checkedAt > :implausible)';

/** The values that {@link IS_NOT_VISITED} names. @param sweepStartedAt epoch milliseconds. */
export function sweepTimes(sweepStartedAt: number): Record<string, AttributeValue> {
  return {
    ':sweepStartedAt': time(sweepStartedAt),
    ':implausible': time(sweepStartedAt + IMPLAUSIBLE_MS),
  };
}
