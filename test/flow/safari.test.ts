import { describe, expect, it } from 'vitest';
import {
  BrowserSession,
  type Page,
  type RequestHeaders,
} from '../../simulator/user/browser-session.ts';
import { flowWorld } from '../support/flow-world.ts';
import { outcomeAt, untilCallback } from '../support/journeys/journey-world.ts';
import { startLoginApp, withLogins } from '../support/login-world.ts';

const world = flowWorld({ identity: true });

const USER_AGENT =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15';

/** Says that it is Safari. The real one keeps no `Secure` cookie; this one would, so its cookies are looked at. */
class SafariSession extends BrowserSession {
  override get(url: string, options: { headers?: RequestHeaders } = {}): Promise<Page> {
    return super.get(url, { headers: { ...options.headers, 'user-agent': USER_AGENT } });
  }
}

describe('Safari at the local run', () => {
  it('connects, and is recognised where the App asks who has opened it', async () => {
    const app = await startLoginApp(world());
    const listed = await withLogins(world(), app);
    const safari = new SafariSession();
    const user = world().user(listed, safari);
    await user.connect(listed.clientId);
    const page = await user.openApp(listed.clientId);

    expect(page.body).toMatch(/^Hello [\w-]{43}$/);
    const ours = safari.cookiesFor(world().app.url).filter(({ name }) => /akeneo/.test(name));
    expect(ours).toMatchObject([
      { name: expect.stringMatching(/^akeneo-app-browser-/), secure: false, httpOnly: true },
    ]);
  });

  it('is refused what another browser started, and leaves the flow to it', async () => {
    const listed = await world().startPim();
    const { user, callback } = await untilCallback(world(), listed);
    const safari = new SafariSession();
    expect(await outcomeAt(safari, callback)).toMatchObject({ code: 'browser_cookie_missing' });
    const other = await world().startPim();
    await world().user(other, safari).connect(other.clientId);
    expect(await outcomeAt(safari, callback)).toMatchObject({ code: 'browser_mismatch' });

    const page = await user.session.follow(callback);
    expect(page.body).toContain('<h1>Connected</h1>');
  });
});
