import type { Clock } from '../functions/activation/ports.ts';

export interface TimedCacheOptions<T> {
  readonly now: Clock;
  /** How long a value may be used, in milliseconds. It is asked at each use, so news can shorten the life of a value. */
  readonly lifetimeMs: (value: T) => number;
  /** When there are more entries, the oldest goes: an App with very many PIMs must not fill the memory. */
  readonly maxEntries: number;
}

interface Entry<T> {
  readonly value: T;
  readonly setAt: number;
}

/** Keeps values for a limited time. */
export class TimedCache<T> {
  readonly #options: TimedCacheOptions<T>;
  readonly #entries = new Map<string, Entry<T>>();

  constructor(options: TimedCacheOptions<T>) {
    this.#options = options;
  }

  /** `undefined` when there is none, or it is too old. */
  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    const ageMs = this.#options.now() - entry.setAt;
    if (ageMs < this.#options.lifetimeMs(entry.value)) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  /** Replaces the value; its age starts at zero. Drops the oldest entry when there are too many. */
  set(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, setAt: this.#options.now() });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#options.maxEntries && oldest !== undefined)
      this.#entries.delete(oldest);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}

/** Lets callers who want the same thing at the same time share one request. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Promise<T>>();

  /** Joins the request that is in flight for the key, or starts one. All callers share its result or its failure. */
  run(key: string, start: () => Promise<T>): Promise<T> {
    const inFlight = this.#flights.get(key);
    if (inFlight) return inFlight;
    const flight = start().finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight;
  }
}
