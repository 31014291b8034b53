/** A name is only suggested when at most this share of it has to change. */
const MAX_CHANGED_SHARE = 1 / 3;

/** The candidate with the fewest changed characters, if any is near enough to be what was meant. */
export function closestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.floor(name.length * MAX_CHANGED_SHARE) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/**
 * How many characters have to be inserted, deleted or replaced to turn one text into the other.
 *
 * @see {@link https://en.wikipedia.org/wiki/Levenshtein_distance Levenshtein distance}
 */
export function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, character] of one.split('').entries()) {
    previous = nextRow(previous, row + 1, character, other);
  }
  return previous[other.length] ?? other.length;
}

function nextRow(
  previous: readonly number[],
  first: number,
  char: string,
  other: string,
): number[] {
  const row = [first];
  for (let column = 1; column <= other.length; column++) {
    const replaced = at(previous, column - 1) + (other[column - 1] === char ? 0 : 1);
    row.push(Math.min(replaced, at(previous, column) + 1, at(row, column - 1) + 1));
  }
  return row;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
