import { type AuthorizeStep, authorizeStep, pendingStep } from './authorize-step.ts';
import { type Hop, type Page, redirectTarget } from './page.ts';
import { PimPages } from './pim-pages.ts';

/** The App did not redirect as expected. Holds the page that came instead. */
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
 * steps where a test checks what happens between. Needs a PIM of `simulator/`,
 * because it presses the buttons by their addresses.
 */
export class PimUser extends PimPages {
  /** Clicks "Connect": opens the App, confirms what the PIM asks, and returns the last page. */
  async connect(clientId: string): Promise<Page> {
    return this.#browse(await this.activateUrl(clientId));
  }

  /** Clicks "Open app": the same journey, which a connected App mostly makes without a question. */
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

  /** Opens an authorize URL and says what the PIM made of it. Confirms nothing. */
  async authorize(authorizeUrl: string): Promise<AuthorizeStep> {
    return authorizeStep(await this.session.get(authorizeUrl), this.pimUrl);
  }

  /** Follows redirects and confirms whatever the PIM asks, until a page asks for nothing. */
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
    if (step === undefined || 'error' in step) return undefined;
    return 'wizard' in step ? this.confirm(step.wizard) : this.consent(step.consent);
  }
}
