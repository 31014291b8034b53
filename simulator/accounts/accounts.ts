import { randomBytes } from 'node:crypto';
import type { RequestedScopes } from '../scopes.ts';

/**
 * Who uses the browser: a user who may manage Apps, one who may only open connected Apps, or
 * nobody yet.
 *
 * @see docs/pim-contract.md §8
 */
export type UserMode = 'manage' | 'open' | 'logged-out';

/** A user of the PIM, with what an `id_token` may tell about them. */
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

/** The mode in which a browser with this user is. */
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
