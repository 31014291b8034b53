import { BrowserSession, type Page, type RequestHeaders } from '../../simulator/user/index.ts';

/** A browser that keeps what it is shown, for the search for leaks. */
export class RecordingSession extends BrowserSession {
  readonly #record: (page: Page) => void;

  /** @param record gets every page, redirects too. */
  constructor(record: (page: Page) => void) {
    super();
    this.#record = record;
  }

  override async get(url: string, options: { headers?: RequestHeaders } = {}): Promise<Page> {
    const page = await super.get(url, options);
    this.#record(page);
    return page;
  }
}
