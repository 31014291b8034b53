const REDACTED = '[redacted]';

/**
 * `util.inspect.custom`, which Node registers by this name so that it can be had without `node:util`: an ESM `import`
 * of that reads every export, also the lazy ones, and a cold function would load a dozen modules for one symbol.
 *
 * @see {@link https://nodejs.org/api/util.html#utilinspectcustom util.inspect.custom}
 */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * A value that never prints itself: string conversion, JSON and `console.log` all give
 * `[redacted]`. The text is handed out by {@link Redacted.reveal} alone, so every use of a secret
 * can be found by one search.
 */
export abstract class Redacted {
  /** Says which secret this is, and keeps one kind from being passed for another. */
  abstract readonly kind: string;
  readonly #value: string;

  protected constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself. Call it where the value leaves for its one destination, nowhere else. */
  reveal(): string {
    return this.#value;
  }

  /** `[redacted]`. */
  toString(): string {
    return REDACTED;
  }

  /** `[redacted]`. */
  toJSON(): string {
    return REDACTED;
  }

  /** `[redacted]`, for `console.log` and `util.inspect`. */
  [INSPECT](): string {
    return REDACTED;
  }
}
