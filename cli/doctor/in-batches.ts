/** How many PIMs are asked at once: fast enough for hundreds of PIMs, and a small load. */
const BATCH_SIZE = 8;

/** Runs a check on each row, a few at a time, and yields the results in the order of the rows. */
export async function* inBatches<Row, Result>(
  rows: readonly Row[],
  check: (row: Row) => Promise<Result>,
): AsyncGenerator<Result> {
  for (let start = 0; start < rows.length; start += BATCH_SIZE)
    yield* await Promise.all(rows.slice(start, start + BATCH_SIZE).map(check));
}
