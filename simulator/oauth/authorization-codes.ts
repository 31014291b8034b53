import type { PimAccount } from '../users/accounts.ts';

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
 * The codes handed out and not redeemed. A code lives 30 seconds, the 30th included, counted in
 * whole seconds as PHP's `time()` does. Expired codes stay in the table, as in the PIM: that is
 * why an App whose code was never redeemed is "pending".
 *
 * @see docs/pim-contract.md §2.6
 */
export class AuthorizationCodes {
  readonly #codes = new Map<string, AuthorizationCode>();
  readonly #generate: () => string;
  readonly #now: () => number;

  /**
   * @param generate makes the next code
   * @param now milliseconds since the epoch
   */
  constructor(generate: () => string, now: () => number) {
    this.#generate = generate;
    this.#now = now;
  }

  /** Hands out a fresh code. */
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

  /** Uses the code up. Only a successful exchange does so. */
  markAsUsed(code: string): void {
    this.#codes.delete(code);
  }

  /** Lets a code expire at once, for a fault that a test ordered. Does nothing to unknown codes. */
  expire(code: string): void {
    const issued = this.#codes.get(code);
    if (issued) this.#codes.set(code, { ...issued, expiresAt: this.#seconds() - 1 });
  }

  /** Whether any code of the App was never redeemed. */
  hasAny(clientId: string): boolean {
    return [...this.#codes.values()].some((code) => code.clientId === clientId);
  }

  /** Forgets the App's codes, as its disconnection does. */
  deleteAll(clientId: string): void {
    for (const [code, issued] of this.#codes) {
      if (issued.clientId === clientId) this.#codes.delete(code);
    }
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1000);
  }
}
