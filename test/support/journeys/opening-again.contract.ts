import { describe, expect, it } from 'vitest';
import { BROWSER_COOKIE_PREFIX } from '../../../functions/http/request.ts';
import { exchangesAt, type JourneyWorld, openTab, untilCallback } from './journey-world.ts';

/** What a PIM user meets who is connected already, or has several tabs; run it in each world. */
export function openingAgainJourneys(world: () => JourneyWorld): void {
  describe('opening a connected App again', () => {
    it('is silent and keeps token and first time', async () => {
      const listed = await world().startPim();
      const user = world().user(listed);
      await user.connect(listed.clientId);
      const first = await world().connection(listed);
      const page = await user.openApp(listed.clientId);
      const again = await world().connection(listed);

      expect(page.body).toContain('<h1>You are connected</h1>');
      expect(page.hops.some(({ url }) => url.includes('/#/connect/apps/authorize'))).toBe(false);
      expect(again?.accessToken).toBe(first?.accessToken);
      expect(again?.text('firstConnectedAt')).toBe(first?.text('firstConnectedAt'));
      expect(again?.text('lastOpenedAt')).not.toBe(first?.text('lastOpenedAt'));
    });

    it('takes over a token that replaced the old one', async () => {
      const listed = await world().startPim();
      const user = world().user(listed);
      await user.connect(listed.clientId);
      const first = await world().connection(listed);
      await user.disconnect(listed.clientId);
      await user.connect(listed.clientId);
      const again = await world().connection(listed);

      expect(again?.accessToken).not.toBe(first?.accessToken);
      expect(again?.text('tokenFingerprint')).not.toBe(first?.text('tokenFingerprint'));
      expect(again?.text('firstConnectedAt')).toBe(first?.text('firstConnectedAt'));
    });

    // Both said "connected" for a day, although the App had been disconnected meanwhile.
    it('says what is known when callback or page are opened once more, which is not that it is connected', async () => {
      const listed = await world().startPim();
      const user = world().user(listed);
      const page = await user.connect(listed.clientId);
      await user.disconnect(listed.clientId);
      const callback = page.hops.find(({ url }) => url.includes('code='))?.url ?? '';
      for (const url of [page.url, callback]) {
        const reloaded = await user.session.get(url);
        expect(reloaded.status).toBe(200);
        expect(reloaded.body).toContain('<h1>This attempt is complete</h1>');
        expect(reloaded.body).not.toContain('Connected');
      }
    });
  });

  describe('one browser', () => {
    it('keeps one cookie for any number of tabs, for this host alone', async () => {
      const listed = await world().startPim();
      const user = world().user(listed);
      await openTab(user, listed);
      const cookies = () =>
        user.session
          .cookiesFor(world().app.url)
          .filter(({ name }) => name.startsWith(BROWSER_COOKIE_PREFIX));
      const before = cookies();
      await openTab(user, listed);

      expect(before).toMatchObject([{ secure: true, httpOnly: true, hostOnly: true, path: '/' }]);
      expect(cookies()).toEqual(before);
    });

    it('may connect two PIMs at once, each with its own state', async () => {
      const [one, other] = [await world().startPim(), await world().startPim()];
      const session = world().browser();
      const [userOfOne, userOfOther] = [world().user(one, session), world().user(other, session)];
      await openTab(userOfOne, one);
      await openTab(userOfOther, other);
      const callbackOfOne = await userOfOne.confirm(one.clientId);
      const pageOfOther = await session.follow(await userOfOther.confirm(other.clientId));
      const pageOfOne = await session.follow(callbackOfOne);

      expect(pageOfOne.body).toContain(one.pim.url);
      expect(pageOfOther.body).toContain(other.pim.url);
      const tokens = [await world().connection(one), await world().connection(other)];
      expect(tokens[0]?.accessToken).not.toBe(tokens[1]?.accessToken);
    });

    it('that opens the same callback twice at once exchanges the code once', async () => {
      const listed = await world().startPim();
      const { user, callback } = await untilCallback(world(), listed);
      const pages = await Promise.all([user.session.get(callback), user.session.get(callback)]);

      expect(pages.map(({ status }) => status)).toContain(303);
      expect(exchangesAt(listed)).toBe(1);
    });
  });
}
