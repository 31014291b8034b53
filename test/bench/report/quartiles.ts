/** A sample by its quarters. */
export interface Quartiles {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** @throws {RangeError} for an empty sample. */
export function quartiles(sample: readonly number[]): Quartiles {
  return {
    lower: quantile(sample, 0.25),
    median: quantile(sample, 0.5),
    upper: quantile(sample, 0.75),
  };
}

/**
 * The value below which the given share of the sample lies, interpolated between neighbours.
 *
 * @param share from 0 to 1.
 * @throws {RangeError} for an empty sample.
 */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = sample.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError('The sample is empty.');
  return below + (above - below) * (place - Math.floor(place));
}
