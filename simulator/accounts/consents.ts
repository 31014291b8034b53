import { randomUUID } from 'node:crypto';
import { sortedScopes } from '../scopes.ts';
import type { PimAccount } from './accounts.ts';

/** What a user let an App know about them. */
export interface UserConsent {
  /** The pairwise subject: the same for this user and this App, forever. */
  readonly sub: string;
  /** Authentication scopes, sorted. */
  readonly scopes: readonly string[];
}

/**
 * The consents of all users, by user and App. They outlive the App's disconnection, and so does
 * `sub`.
 *
 * @see docs/pim-contract.md §5
 */
export class UserConsents {
  readonly #consents: Map<string, UserConsent>;

  /** @param consents what the PIM remembers */
  constructor(consents: Map<string, UserConsent>) {
    this.#consents = consents;
  }

  /** The consent of a user to an App; without any scope when they were never asked. */
  of(accountId: string, clientId: string): UserConsent {
    const key = `${accountId} ${clientId}`;
    const consent = this.#consents.get(key) ?? { sub: randomUUID(), scopes: [] };
    this.#consents.set(key, consent);
    return consent;
  }

  /** Replaces the consented scopes. */
  give(accountId: string, clientId: string, scopes: Iterable<string>): void {
    const { sub } = this.of(accountId, clientId);
    this.#consents.set(`${accountId} ${clientId}`, { sub, scopes: sortedScopes(scopes) });
  }
}

/**
 * Updates the consent as far as the user need not be asked: a request without `openid` wipes it,
 * scopes that are no longer requested are dropped, `openid` itself counts as given.
 *
 * @returns whether the user has to be asked for `profile` or `email`
 * @see docs/pim-contract.md §2.3
 */
export function requiresConsent(
  consents: UserConsents,
  account: PimAccount,
  clientId: string,
  requested: readonly string[],
): boolean {
  const asked = requested.includes('openid') ? requested : [];
  const given = consents.of(account.id, clientId).scopes;
  const missing = asked.filter((scope) => scope !== 'openid' && !given.includes(scope));
  const kept = asked.filter((scope) => given.includes(scope));
  consents.give(account.id, clientId, missing.length === 0 ? asked : kept);
  return missing.length > 0;
}
