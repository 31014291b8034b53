import { randomBytes } from 'node:crypto';
import type { RequestedScopes } from '../scopes/scope-list.ts';
import { accountOf, type PimAccount, type UserMode } from './accounts.ts';

/**
 * What the PIM keeps of an authorize request until the user has confirmed it.
 *
 * @see docs/pim-contract.md §2.3
 */
export interface AppAuthorization {
  readonly scopes: RequestedScopes;
  readonly callbackUrl: string;
  /** Verbatim; `undefined` when the App sent none. */
  readonly state: string | undefined;
}

/** One browser at the PIM. */
export interface PimSession {
  readonly id: string;
  /** `undefined` when logged out. */
  account: PimAccount | undefined;
  /** Where to go after the login. */
  targetUrl: string | undefined;
  /**
   * By client id, one slot an App: a second authorize of the same App overwrites the first, so
   * an older wizard tab that is confirmed later returns with the newer state.
   */
  readonly authorizations: Map<string, AppAuthorization>;
}

/**
 * The browsers that the PIM knows, by their session cookie. A new browser is at once logged in as
 * a user who manages Apps, so that nobody has to type a password at a simulator.
 */
export class PimSessions {
  readonly #sessions = new Map<string, PimSession>();

  /** The session of a cookie value; `undefined` for an unknown or absent one. */
  find(id: string | undefined): PimSession | undefined {
    return id === undefined ? undefined : this.#sessions.get(id);
  }

  /** A session for a browser seen for the first time. */
  start(): PimSession {
    const session: PimSession = {
      id: randomBytes(16).toString('hex'),
      account: accountOf('manage'),
      targetUrl: undefined,
      authorizations: new Map(),
    };
    this.#sessions.set(session.id, session);
    return session;
  }
}

/** Changes the user of the browser. As with any logout, open authorizations are forgotten. */
export function switchUser(session: PimSession, mode: UserMode): void {
  session.account = accountOf(mode);
  session.targetUrl = undefined;
  session.authorizations.clear();
}
