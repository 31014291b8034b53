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
