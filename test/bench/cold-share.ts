/** How long Lambda is assumed to keep a copy of a function, in milliseconds. AWS documents neither time. */
export const LAMBDA = {
  /** One that is not used for so long is gone. */
  idleMs: 10 * 60_000,
  /** One that is so old is replaced, used or not: any time between these two, two hours on average. */
  lifetimeMs: [1 * 3_600_000, 3 * 3_600_000],
} as const;

/** How often the schedule invokes each function, in milliseconds. */
const KEEP_WARM_MS = 4 * 60_000;

/** Opens a day that are simulated. */
export const RATES = [10, 100, 1_000] as const;

/** Between the redirect of activate and the callback: a PIM that knows the App answers by itself. */
const PIM_MS = 1_500;

/** What a request to each of the two functions takes in service time, in milliseconds. */
export interface ServiceTimes {
  readonly coldMs: { readonly activate: number; readonly callback: number };
  readonly warmMs: { readonly activate: number; readonly callback: number };
}

/** What people who open an App meet at one rate. */
export interface ColdShare {
  /** Of the opens, the share that met a cold function, or two. */
  readonly share: number;
  /** What an open waits for both functions, on average. */
  readonly meanMs: number;
}

/** At one rate, with the schedule and without it. */
export interface ColdShares {
  readonly opensPerDay: number;
  readonly with: ColdShare;
  readonly without: ColdShare;
}

/** Simulates opens that come at random times, at each rate, with and without the schedule. */
export function simulateColdShares(times: ServiceTimes, opens = 20_000): ColdShares[] {
  return RATES.map((opensPerDay) => ({
    opensPerDay,
    with: coldShare(arrivals(opensPerDay, opens), times, KEEP_WARM_MS),
    without: coldShare(arrivals(opensPerDay, opens), times),
  }));
}

/** Times between arrivals are exponential; the same in every run. */
function arrivals(perDay: number, count: number): number[] {
  const random = randomNumbers(perDay);
  const meanMs = 86_400_000 / perDay;
  const times: number[] = [];
  for (let at = 0; times.length < count; times.push(at)) at -= Math.log(1 - random()) * meanMs;
  return times;
}

/** One activation after the other meets the copies of both functions that are there. */
function coldShare(opens: readonly number[], times: ServiceTimes, everyMs?: number): ColdShare {
  const { coldMs, warmMs } = times;
  const end = (opens.at(-1) ?? 0) + 3_600_000;
  const activated = run(opens, coldMs.activate, warmMs.activate, end, everyMs);
  const returned = opens.map((at, index) => at + (activated[index] ?? 0) + PIM_MS);
  const called = run(returned, coldMs.callback, warmMs.callback, end, everyMs);
  const colds = opens.filter(
    (_, index) => activated[index] === coldMs.activate || called[index] === coldMs.callback,
  );
  const sum = [...activated, ...called].reduce((total, ms) => total + ms, 0);
  return { share: colds.length / opens.length, meanMs: sum / opens.length };
}

/** How long each request takes in a function that these requests, and the schedule, use. */
function run(
  requests: readonly number[],
  coldMs: number,
  warmMs: number,
  end: number,
  everyMs?: number,
): number[] {
  const scheduled = everyMs === undefined ? [] : everyFrom(everyMs, end);
  const events = [
    ...requests.map((at, index) => ({ at, index })),
    ...scheduled.map((at) => ({ at, index: -1 })),
  ].sort((one, other) => one.at - other.at);
  const copies = new Copies();
  const took: number[] = [];
  for (const { at, index } of events) {
    const ms = copies.invoke(at, coldMs, warmMs);
    if (index >= 0) took[index] = ms;
  }
  return took;
}

function everyFrom(everyMs: number, end: number): number[] {
  return Array.from({ length: Math.floor(end / everyMs) }, (_, index) => (index + 1) * everyMs);
}

/** The copies of a function that Lambda has at a time. */
class Copies {
  #copies: { readonly endsAt: number; freeAt: number }[] = [];
  readonly #random = randomNumbers(1);

  /** Uses the copy that was free last, or a new one. @returns how long it takes. */
  invoke(at: number, coldMs: number, warmMs: number): number {
    this.#copies = this.#copies.filter(
      ({ endsAt, freeAt }) => at - freeAt < LAMBDA.idleMs && at < endsAt,
    );
    const free = this.#copies.filter(({ freeAt }) => freeAt <= at);
    const copy = free.toSorted((one, other) => other.freeAt - one.freeAt)[0];
    if (copy) copy.freeAt = at + warmMs;
    else this.#copies.push({ endsAt: at + this.#lifetimeMs(), freeAt: at + coldMs });
    return copy ? warmMs : coldMs;
  }

  #lifetimeMs(): number {
    const [least, most] = LAMBDA.lifetimeMs;
    return least + this.#random() * (most - least);
  }
}

/** Numbers from 0 to 1 that look random and are the same each time (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
