import { randomBytes } from 'node:crypto';
import type { RequestedScopes } from '../scopes.ts';

/**
 * Who uses the browser: a user who may manage Apps, one who may only open connected Apps, or
 * nobody who is logged in.
 *
 * @see docs/pim-contract.md §8
 */
export type UserMode = 'manage' | 'open' | 'logged-out';

/** A user of the PIM, with the claims that an `id_token` may hold. */
export interface PimAccount {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly mayManageApps: boolean;
}

const ACCOUNTS: Readonly<Record<UserMode, PimAccount | undefined>> = {
  manage: {
    id: 'julia',
    firstName: 'Julia',
    lastName: 'Stark',
    email: 'julia@example.com',
    mayManageApps: true,
  },
  open: {
    id: 'mary',
    firstName: 'Mary',
    lastName: 'Smith',
    email: 'mary@example.com',
    mayManageApps: false,
  },
  'logged-out': undefined,
};

/**
 * The user of a mode, `undefined` when logged out. Two modes are two people: each has their own
 * consents and their own `sub`, as in the PIM.
 */
export function accountOf(mode: UserMode): PimAccount | undefined {
  return ACCOUNTS[mode];
}

export function modeOf(account: PimAccount | undefined): UserMode {
  if (account === undefined) return 'logged-out';
  return account.mayManageApps ? 'manage' : 'open';
}

/** Whether a text from a form or a JSON body names a mode. */
export function isUserMode(text: unknown): text is UserMode {
  return typeof text === 'string' && Object.hasOwn(ACCOUNTS, text);
}

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
   * One for each client id: a second authorize request of an App overwrites the first, so an older
   * wizard tab that is confirmed later returns with the newer state.
   */
  readonly authorizations: Map<string, AppAuthorization>;
}

/**
 * The browsers that the PIM knows, by session cookie. A new browser is logged in at once, as a user
 * who manages Apps: nobody should have to type a password at a simulator.
 */
export class PimSessions {
  readonly #sessions = new Map<string, PimSession>();

  /** The session of a cookie value; `undefined` for an unknown or absent one. */
  find(id: string | undefined): PimSession | undefined {
    return id === undefined ? undefined : this.#sessions.get(id);
  }

  /** Starts a session for a new browser. */
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
