/** Who opened the App, as the App is told. Of the PIM's `id_token` nothing else is kept, and the token itself never. */
export interface Login {
  /** The PIM's address, normalised. */
  readonly pim: string;
  /** The App's client id in that PIM. */
  readonly clientId: string;
  /** The person, for good, in this tenant: a hash, from which nobody learns what the PIM calls them. */
  readonly sub: string;
  /** The PIM, for good: it stays when the PIM gets another address by `pims move`. */
  readonly tenant: string;
  /** Only with the scope `profile`. */
  readonly givenName?: string;
  /** Only with the scope `profile`. */
  readonly familyName?: string;
  /** Only with the scope `email`. Any PIM user can have any address, so it identifies nobody. */
  readonly email?: string;
  /** The PIM verifies no address. */
  readonly emailVerified: false;
  /** When the App was opened; epoch milliseconds. */
  readonly openedAt: number;
}

/** A login that waits for the App to ask for it. */
export interface WaitingLogin {
  readonly login: Login;
  /** Where the App wants the browser with the code, from the PIM's row. */
  readonly redirectUrl: string;
}

/** How long a login waits for the App, in milliseconds: a redirect to the App and back, with some patience. */
export const WAITING_LIFETIME_MS = 120_000;

/** How long a code can be redeemed, in milliseconds: one redirect. */
export const CODE_LIFETIME_MS = 60_000;
