import { createHash, randomBytes } from 'node:crypto';
import type { PimAccount } from '../accounts/accounts.ts';

const LIFETIME_SECONDS = 30;

/** An authorization code that waits to be exchanged. */
export interface AuthorizationCode {
  readonly clientId: string;
  /** The PIM user who came through the flow. */
  readonly account: PimAccount;
  /** The last second, since the epoch, in which the code is good. */
  readonly expiresAt: number;
}

/**
 * The codes that were issued and not yet redeemed. A code lives 30 seconds, the 30th included, counted
 * in whole seconds as PHP's `time()` does. Expired codes stay, as in the PIM: that is why an App whose
 * code was never redeemed is "pending".
 *
 * @see docs/pim-contract.md §2.6
 */
export class AuthorizationCodes {
  readonly #codes: Map<string, AuthorizationCode>;
  readonly #generate: () => string;
  readonly #now: () => number;

  /**
   * @param codes what the PIM remembers
   * @param generate makes the next code
   * @param now milliseconds since the epoch
   */
  constructor(codes: Map<string, AuthorizationCode>, generate: () => string, now: () => number) {
    this.#codes = codes;
    this.#generate = generate;
    this.#now = now;
  }

  issue(clientId: string, account: PimAccount): string {
    const code = this.#generate();
    const expiresAt = this.#seconds() + LIFETIME_SECONDS;
    this.#codes.set(code, { clientId, account, expiresAt });
    return code;
  }

  /** The code's row, expired or not; `undefined` when unknown or used. */
  find(code: string): AuthorizationCode | undefined {
    return this.#codes.get(code);
  }

  /** Whether the code has expired. */
  hasExpired(code: AuthorizationCode): boolean {
    return this.#seconds() > code.expiresAt;
  }

  /** Makes the code unusable. Only a successful exchange does so. */
  markAsUsed(code: string): void {
    this.#codes.delete(code);
  }

  /** Makes a code expire now, for a fault. Ignores unknown codes. */
  expire(code: string): void {
    const issued = this.#codes.get(code);
    if (issued) this.#codes.set(code, { ...issued, expiresAt: this.#seconds() - 1 });
  }

  /** Whether any code of the App was never redeemed. */
  hasAny(clientId: string): boolean {
    return [...this.#codes.values()].some((code) => code.clientId === clientId);
  }

  /** Deletes the App's codes, as a disconnection does. */
  deleteAll(clientId: string): void {
    for (const [code, issued] of this.#codes) {
      if (issued.clientId === clientId) this.#codes.delete(code);
    }
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1000);
  }
}

/** An access token that works. It never expires. */
export interface AccessToken {
  readonly clientId: string;
  /** The authorization scopes when it was issued. Only a lookup key: rights follow the App's scopes. */
  readonly scope: string;
}

/**
 * The tokens of all connected Apps. A token belongs to the App, not to a user: whoever comes
 * through the flow gets the same one, as long as the App's scopes do not change.
 *
 * @see docs/pim-contract.md §4.4
 */
export class AccessTokens {
  readonly #tokens: Map<string, AccessToken>;
  readonly #revoked: Set<string>;
  readonly #generate: () => string;

  /**
   * @param tokens what the PIM remembers
   * @param revoked the tokens of disconnected Apps
   * @param generate makes the next token
   */
  constructor(tokens: Map<string, AccessToken>, revoked: Set<string>, generate: () => string) {
    this.#tokens = tokens;
    this.#revoked = revoked;
    this.#generate = generate;
  }

  /** The App's token for exactly these scopes: the one it has, or a new one in place of all others. */
  issue(clientId: string, scope: string): string {
    for (const [token, issued] of this.#tokens) {
      if (issued.clientId === clientId && issued.scope === scope) return token;
    }
    this.#delete(clientId);
    const token = this.#generate();
    this.#tokens.set(token, { clientId, scope });
    return token;
  }

  /** The token's row; `undefined` when unknown, replaced or revoked. */
  find(token: string): AccessToken | undefined {
    return this.#tokens.get(token);
  }

  /** Whether the App has a token, whatever its scopes. */
  hasAny(clientId: string): boolean {
    return [...this.#tokens.values()].some((token) => token.clientId === clientId);
  }

  /** Whether the token belonged to an App that was disconnected since. */
  isRevoked(token: string): boolean {
    return this.#revoked.has(token);
  }

  /** Revokes the App's tokens for good, as a disconnection does. */
  revokeAll(clientId: string): void {
    for (const token of this.#delete(clientId)) this.#revoked.add(token);
  }

  #delete(clientId: string): string[] {
    const ofApp = [...this.#tokens].filter(([, issued]) => issued.clientId === clientId);
    for (const [token] of ofApp) this.#tokens.delete(token);
    return ofApp.map(([token]) => token);
  }
}

/**
 * A random value as the PIM makes its client secrets, codes and tokens: 86 letters and digits, the
 * unpadded base64url of the hexadecimal SHA-256 of 100 random bytes.
 *
 * @see docs/pim-contract.md §2.6
 */
export function randomCode(): string {
  const digest = createHash('sha256').update(randomBytes(100)).digest('hex');
  return Buffer.from(digest).toString('base64url');
}
