import { type Malformed, malformed } from './malformed.ts';

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

/** Any visible ASCII, as RFC 6749 appendix A allows for codes, tokens and secrets. */
const VSCHAR = /^[\x21-\x7e]+$/;

const MAX_CODE_LENGTH = 512;
const MAX_TOKEN_LENGTH = 4096;
const MAX_SECRET_LENGTH = 1024;

const NOT_VISIBLE_ASCII = malformed('It is empty, too long, or not all visible ASCII.');

/** The access token of an App for one PIM: 86 letters and digits, never expiring (docs/pim-contract.md §4.4). */
export class AccessToken extends Redacted {
  readonly kind = 'access token';

  /** Malformed is what cannot be sent in an `Authorization` header. */
  static parse(value: unknown): AccessToken | Malformed {
    return isVisibleAscii(value, MAX_TOKEN_LENGTH) ? new AccessToken(value) : NOT_VISIBLE_ASCII;
  }
}

/**
 * An authorization code: 86 letters and digits, valid for 30 s and for one use (docs/pim-contract.md §2.6).
 * Only its alphabet and a generous length are checked, so that a PIM may change its format.
 */
export class AuthorizationCode extends Redacted {
  readonly kind = 'authorization code';

  /** Malformed is what a PIM never issues. */
  static parse(value: string): AuthorizationCode | Malformed {
    return isVisibleAscii(value, MAX_CODE_LENGTH)
      ? new AuthorizationCode(value)
      : NOT_VISIBLE_ASCII;
  }
}

/** The client secret that the PIM shows once when the App is registered (docs/pim-contract.md §7). */
export class ClientSecret extends Redacted {
  readonly kind = 'client secret';

  /** Malformed is what a PIM never issues, such as a secret that was stored with a line end. */
  static parse(value: unknown): ClientSecret | Malformed {
    return isVisibleAscii(value, MAX_SECRET_LENGTH) ? new ClientSecret(value) : NOT_VISIBLE_ASCII;
  }
}

/** The PIM's word on who opened the App (docs/pim-contract.md §5). It names a person, and nobody has checked anything of it. */
export class IdToken extends Redacted {
  readonly kind = 'id token';

  /** Takes any text: whoever reads it verifies it. */
  static of(text: string): IdToken {
    return new IdToken(text);
  }
}

function isVisibleAscii(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength && VSCHAR.test(value);
}
