import type { UserMode } from '../accounts/accounts.ts';
import { type BrowserSession, type Page, redirectTarget } from './browser-session.ts';

const XHR = { 'x-requested-with': 'XMLHttpRequest' };

/** The PIM refused an action of its user. */
export class PimRefusalError extends Error {
  override readonly name = 'PimRefusalError';
  readonly status: number;
  /** The PIM's JSON, unparsed. */
  readonly body: string;

  /** @param page the PIM's answer */
  constructor({ status, body }: Page) {
    super(`The PIM answered ${status}.`);
    this.status = status;
    this.body = body;
  }
}

/** The buttons of the PIM's page, one method each. They throw {@link PimRefusalError} when the PIM refuses. */
export class PimPages {
  readonly session: BrowserSession;
  /** Without a slash at its end. */
  readonly pimUrl: string;

  /**
   * @param session the user's browser
   * @param pimUrl the URL of a simulated PIM
   */
  constructor(session: BrowserSession, pimUrl: string) {
    this.session = session;
    this.pimUrl = pimUrl.replace(/\/+$/, '');
  }

  /** Changes the user of the browser, as a logout and a login do. The PIM forgets open wizards. */
  async switchTo(mode: UserMode): Promise<void> {
    await this.#post('/rest/simulator/user', `mode=${mode}`);
  }

  /**
   * Logs in at the PIM's login page.
   *
   * @returns the URL of the next page: the authorize request that needed the login, if there was one
   */
  async logIn(mode: 'manage' | 'open'): Promise<string> {
    const page = await this.session.post(`${this.pimUrl}/user/login-check`, `mode=${mode}`);
    return redirectTarget(page) ?? this.pimUrl;
  }

  /** The URL that "Connect" opens. */
  async activateUrl(clientId: string): Promise<string> {
    return textOf(
      await this.#get(`/rest/apps/${encodeURIComponent(clientId)}/activate-url`),
      'url',
    );
  }

  /** The URL that "Open app" opens. */
  async openAppUrl(clientId: string): Promise<string> {
    return textOf(
      await this.#get(`/rest/apps/${encodeURIComponent(clientId)}/open-app-url`),
      'url',
    );
  }

  /** Presses "Confirm" in the wizard; returns the callback URL with its code. */
  async confirm(clientId: string): Promise<string> {
    const path = `/rest/apps/confirm-authorization/${encodeURIComponent(clientId)}`;
    return textOf(await this.#post(path), 'redirectUrl');
  }

  /** Presses "Confirm" in the consent modal; returns the callback URL with its code. */
  async consent(clientId: string): Promise<string> {
    const path = `/rest/apps/confirm-authentication/${encodeURIComponent(clientId)}`;
    return textOf(await this.#post(path), 'redirectUrl');
  }

  /** Presses "Disconnect". */
  async disconnect(clientId: string): Promise<void> {
    const path = `/rest/apps/connected-apps/${encodeURIComponent(clientId)}`;
    granted(await this.session.delete(`${this.pimUrl}${path}`, { headers: XHR }));
  }

  /** Presses "Regenerate secret"; returns the new one. */
  async regenerateSecret(clientId: string): Promise<string> {
    const page = await this.#post(`/rest/custom-apps/${encodeURIComponent(clientId)}/secret`);
    return String(JSON.parse(page.body));
  }

  async #get(path: string): Promise<Page> {
    return granted(await this.session.get(`${this.pimUrl}${path}`, { headers: XHR }));
  }

  async #post(path: string, body = ''): Promise<Page> {
    return granted(await this.session.post(`${this.pimUrl}${path}`, body, { headers: XHR }));
  }
}

function granted(page: Page): Page {
  if (page.status !== 200) throw new PimRefusalError(page);
  return page;
}

function textOf(page: Page, member: string): string {
  const answer: unknown = JSON.parse(page.body);
  const value: unknown = Object.entries(answer ?? {}).find(([name]) => name === member)?.[1];
  if (typeof value !== 'string') throw new PimRefusalError(page);
  return value;
}
