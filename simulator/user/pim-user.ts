import { type Hop, type Page, redirectTarget } from './browser-session.ts';
import { PimPages } from './pim-pages.ts';

/** What the PIM did with an authorize request. */
export type AuthorizeStep =
  | PendingStep
  /** Straight back to the App, with a code. */
  | { readonly kind: 'callback'; readonly url: string }
  /** Nobody is logged in: to the login page. */
  | { readonly kind: 'login'; readonly url: string }
  /** The user may not do this. */
  | { readonly kind: 'refused'; readonly status: number };

/** A page of the PIM at which the user has to decide, or reads an error. */
type PendingStep =
  /** The wizard waits for a manager's "Confirm". */
  | { readonly kind: 'wizard'; readonly clientId: string }
  /** The small modal about name and email waits for "Confirm". */
  | { readonly kind: 'consent'; readonly clientId: string }
  /** An error shown inside the PIM: its translation key. */
  | { readonly kind: 'error'; readonly error: string };

/** The App did not redirect as expected. */
export class UnexpectedPageError extends Error {
  override readonly name = 'UnexpectedPageError';
  readonly page: Page;

  /**
   * @param expected what should have come, in words
   * @param page what came
   */
  constructor(expected: string, page: Page) {
    super(`Expected ${expected}, got ${page.status} from ${new URL(page.url).origin}.`);
    this.page = page;
  }
}

/**
 * A person who connects and opens Apps in a simulated PIM. Has methods for whole journeys, and for single
 * steps where a test checks what happens in between.
 */
export class PimUser extends PimPages {
  /** Clicks "Connect": opens the App, confirms what the PIM asks, and returns the last page. */
  async connect(clientId: string): Promise<Page> {
    return this.#browse(await this.activateUrl(clientId));
  }

  /** Clicks "Open app": the same journey, mostly without a question. */
  async openApp(clientId: string): Promise<Page> {
    return this.#browse(await this.openAppUrl(clientId));
  }

  /**
   * Opens the App's activate URL and stops at the redirect to the PIM.
   *
   * @returns the authorize URL that the App made
   * @throws {UnexpectedPageError} when the App shows a page, or redirects elsewhere
   */
  async startActivation(activateUrl: string): Promise<string> {
    const page = await this.session.get(activateUrl);
    const target = redirectTarget(page);
    if (!target?.startsWith(`${this.pimUrl}/connect/apps/v1/authorize?`)) {
      throw new UnexpectedPageError('a redirect to authorize', page);
    }
    return target;
  }

  /** Opens an authorize URL and tells what the PIM did. Confirms nothing. */
  async authorize(authorizeUrl: string): Promise<AuthorizeStep> {
    return authorizeStep(await this.session.get(authorizeUrl), this.pimUrl);
  }

  /** Follows redirects and confirms every page of the PIM that asks for it. */
  async #browse(url: string): Promise<Page> {
    const hops: Hop[] = [];
    for (let next = url; ; ) {
      const page = await this.session.follow(next);
      hops.push(...page.hops);
      const callbackUrl = await this.#confirmPending(page);
      if (callbackUrl === undefined) return { ...page, hops };
      next = callbackUrl;
    }
  }

  async #confirmPending(page: Page): Promise<string | undefined> {
    const step = pendingStep(page.url, this.pimUrl);
    if (step === undefined || step.kind === 'error') return undefined;
    return step.kind === 'wizard' ? this.confirm(step.clientId) : this.consent(step.clientId);
  }
}

/**
 * Reads the PIM's answer to an authorize request.
 *
 * @param pimUrl the PIM's URL, without a slash at its end
 */
function authorizeStep(page: Page, pimUrl: string): AuthorizeStep {
  const target = redirectTarget(page);
  if (target === undefined) return { kind: 'refused', status: page.status };
  if (target === `${pimUrl}/user/login`) return { kind: 'login', url: target };
  return pendingStep(target, pimUrl) ?? { kind: 'callback', url: target };
}

/**
 * The step at a page of the PIM's application; `undefined` for any other page.
 *
 * @param url with its fragment, where the PIM has its own pages
 */
function pendingStep(url: string, pimUrl: string): PendingStep | undefined {
  const start = `${pimUrl}/#/connect/apps/`;
  if (!url.startsWith(start)) return undefined;
  const [page, query] = url.slice(start.length).split('?');
  const parameters = new URLSearchParams(query);
  const error = parameters.get('error');
  const clientId = parameters.get('client_id');
  if (error !== null) return { kind: 'error', error };
  if (clientId === null) return undefined;
  return { kind: page === 'authenticate' ? 'consent' : 'wizard', clientId };
}
