import type { Clock } from '../../functions/activation/ports.ts';

/** How a {@link TimedCache} keeps. */
export interface TimedCacheOptions<T> {
  readonly now: Clock;
  /** For how many milliseconds a value may be used; asked at each use, so a value can age faster when news comes. */
  readonly lifetimeMs: (value: T) => number;
  /** Beyond it the oldest entry goes, so that an App with very many PIMs does not fill the memory. */
  readonly maxEntries: number;
}

interface Entry<T> {
  readonly value: T;
  readonly readAt: number;
}

/** Values that were read a short while ago. */
export class TimedCache<T> {
  readonly #options: TimedCacheOptions<T>;
  readonly #entries = new Map<string, Entry<T>>();

  /** Holds nothing yet. */
  constructor(options: TimedCacheOptions<T>) {
    this.#options = options;
  }

  /** `undefined` when there is none, or it is too old. */
  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    const ageMs = this.#options.now() - entry.readAt;
    if (ageMs < this.#options.lifetimeMs(entry.value)) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  /** Keeps the value in place of any other, as read now; the oldest entry is dropped when there are too many. */
  set(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, readAt: this.#options.now() });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#options.maxEntries && oldest !== undefined)
      this.#entries.delete(oldest);
  }

  /** Drops the value, if there is one. */
  delete(key: string): void {
    this.#entries.delete(key);
  }
}
