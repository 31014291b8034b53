import { Redacted } from './redacted.ts';

/** Any visible ASCII, as RFC 6749 appendix A allows for codes, tokens and secrets. */
const VSCHAR = /^[\x21-\x7e]+$/;

const MAX_CODE_LENGTH = 512;
const MAX_TOKEN_LENGTH = 4096;
const MAX_SECRET_LENGTH = 1024;

/** The access token of an App for one PIM: 86 letters and digits, never expiring (docs/pim-contract.md §4.4). */
export class AccessToken extends Redacted {
  readonly kind = 'access token';

  /** `undefined` for what cannot be sent in an `Authorization` header. */
  static parse(value: unknown): AccessToken | undefined {
    return isVisibleAscii(value, MAX_TOKEN_LENGTH) ? new AccessToken(value) : undefined;
  }
}

/**
 * An authorization code: 86 letters and digits, valid for 30 s and for one use (docs/pim-contract.md §2.6).
 * Only its alphabet and a generous length are checked, so that a PIM may change its format.
 */
export class AuthorizationCode extends Redacted {
  readonly kind = 'authorization code';

  /** `undefined` for what a PIM never issues. */
  static parse(value: string): AuthorizationCode | undefined {
    return isVisibleAscii(value, MAX_CODE_LENGTH) ? new AuthorizationCode(value) : undefined;
  }
}

/** The client secret that the PIM shows once when the App is registered (docs/pim-contract.md §7). */
export class ClientSecret extends Redacted {
  readonly kind = 'client secret';

  /** `undefined` for what a PIM never issues, as a secret with a line end that was stored by mistake. */
  static parse(value: unknown): ClientSecret | undefined {
    return isVisibleAscii(value, MAX_SECRET_LENGTH) ? new ClientSecret(value) : undefined;
  }
}

function isVisibleAscii(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength && VSCHAR.test(value);
}
