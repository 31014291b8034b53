import { expect } from 'vitest';
import type { PageCode } from '../../../functions/pages/language.ts';
import english from '../../../functions/pages/languages/en.ts';
import type { SimulatedPim } from '../../../simulator/index.ts';
import type { BrowserSession, PimUser } from '../../../simulator/user/index.ts';

/** What a PIM's row asks for unless a journey says otherwise. */
export const SCOPES = 'read_products write_categories';

/** A PIM with the App registered and listed. */
export interface ListedPim {
  readonly pim: SimulatedPim;
  readonly clientId: string;
  /** How many access tokens the PIM has issued so far. */
  readonly tokensIssued: () => number;
}

/** Enough to find the App in its PIM. */
export type AppInPim = Pick<ListedPim, 'pim' | 'clientId'>;

/** A stored connection, its token decrypted. */
export interface ConnectionSeen {
  text(name: string): string;
  readonly accessToken: string;
}

/** Where a journey takes place: in the process of the test, or on a deployed stack. */
export interface JourneyWorld {
  readonly app: {
    readonly url: string;
    readonly activateUrl: string;
    /** The plain one. */
    readonly callbackUrl: string;
    /** The one that a PIM has of its own. */
    callbackUrlOf(pim: string): string;
  };
  /** Starts a PIM, registers the App there and lists it. @default {@link SCOPES}, no App URL */
  startPim(registration?: { scopes?: string; appUrl?: string }): Promise<ListedPim>;
  /** An empty browser. */
  browser(): BrowserSession;
  /** Somebody who may manage Apps, in a browser of their own unless one is given. */
  user(listed: AppInPim, session?: BrowserSession): PimUser;
  connection(listed: AppInPim): Promise<ConnectionSeen | undefined>;
}

/** A tab that has reached the PIM: the authorize URL is open, nothing is confirmed. */
export async function openTab(user: PimUser, { clientId }: AppInPim): Promise<string> {
  const authorizeUrl = await user.startActivation(await user.activateUrl(clientId));
  await user.authorize(authorizeUrl);
  return authorizeUrl;
}

/** A flow up to the PIM's redirect, with the callback not yet opened. */
export async function untilCallback(
  world: JourneyWorld,
  listed: AppInPim,
): Promise<{ readonly user: PimUser; readonly callback: string }> {
  const user = world.user(listed);
  await openTab(user, listed);
  return { user, callback: await user.confirm(listed.clientId) };
}

/** How often an App has asked the PIM to exchange a code. */
export function exchangesAt({ pim }: AppInPim): number {
  return pim.requests.filter(({ path }) => path.endsWith('/oauth2/token')).length;
}

/** The status and the outcome code of a page. Its heading has to belong to the code. */
export async function outcomeAt(session: BrowserSession, url: string) {
  const page = await session.get(url);
  const code = /<dt>Result code<\/dt><dd>(\w+)<\/dd>/.exec(page.body)?.[1] ?? 'no code';
  expect(page.body).toContain(`<h1>${english.outcome[code as PageCode]?.title}</h1>`);
  return { status: page.status, code };
}
