import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { BROWSER_COOKIE_PREFIX } from '../../../functions/http/request.ts';
import type { SimulatedPim } from '../../../simulator/index.ts';
import { expectAccessible, screenshot } from '../browser-world.ts';

/** Where somebody sits at a real browser: a PIM that the App is listed for, and the App. */
export interface BrowsingWorld {
  readonly app: { readonly activateUrl: string; readonly callbackUrl: string };
  readonly pim: SimulatedPim;
  /** A new, empty browser profile with the PIM open in it. */
  openPim(): Promise<{ readonly context: BrowserContext; readonly page: Page }>;
}

/** Clicks in the PIM and gives the tab that the click opens. */
async function clickToNewTab(page: Page, button: string): Promise<Page> {
  const newTab = page.context().waitForEvent('page');
  await page.getByRole('button', { name: button, exact: true }).click();
  return newTab;
}

async function consent(tab: Page): Promise<void> {
  await tab.getByRole('checkbox').check();
  await tab.getByRole('button', { name: 'Confirm' }).click();
}

const heading = (tab: Page, name: string) =>
  tab.getByRole('heading', { name, exact: true }).waitFor();

/** What a PIM user sees in Chromium; run it in each world. */
export function browsingJourneys(world: () => BrowsingWorld): void {
  describe('a PIM user in a real browser', () => {
    it('connects from "Connect" to the success page, opens again, and reloads', async () => {
      const { context, page: pim } = await world().openPim();
      await pim.getByRole('button', { name: 'Connect', exact: true }).waitFor();
      await expectAccessible(pim);
      await screenshot(pim, 'pim-app-store');
      const tab = await clickToNewTab(pim, 'Connect');
      await tab.getByRole('button', { name: 'Confirm' }).waitFor();
      await expectAccessible(tab);
      await screenshot(tab, 'pim-consent');
      await consent(tab);
      await heading(tab, 'Connected');
      await expectAccessible(tab);
      await screenshot(tab, 'connected');
      expect(new URL(tab.url()).search).toMatch(/^\?flow=[\w-]{43}$/);

      await tab.reload();
      await heading(tab, 'This attempt is complete');
      await screenshot(tab, 'shown-before');
      await pim.getByRole('link', { name: 'Connected apps' }).click();
      const again = await clickToNewTab(pim, 'Open app');
      await heading(again, 'You are connected');
      await expectAccessible(again);
      await screenshot(again, 'opened-again');
      await context.close();
    });

    it('keeps the cookie as Secure, HttpOnly, SameSite=Lax, for this host alone and for the session', async () => {
      const { context, page } = await world().openPim();
      const { app, pim } = world();
      const answer = await page.goto(`${app.activateUrl}?pim_url=${encodeURIComponent(pim.url)}`);
      expect(answer?.ok()).toBe(true);
      const cookie = (await context.cookies()).find(({ name }) =>
        name.startsWith(BROWSER_COOKIE_PREFIX),
      );

      expect(cookie).toMatchObject({
        domain: new URL(app.activateUrl).hostname,
        path: '/',
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
        expires: -1,
      });
      await context.close();
    });

    it('sends no address of ours to anybody: the callback leaves no referrer and loads nothing', async () => {
      const { context } = await world().openPim();
      const { callbackUrl } = world().app;
      const page = await context.newPage();
      const requested: string[] = [];
      page.on('request', (request) => requested.push(request.url()));
      await page.goto(callbackUrl);
      await heading(page, 'This address has to be reached through your PIM');

      expect(requested).toEqual([callbackUrl]);
      expect(await page.evaluate('document.styleSheets.length')).toBe(1);
      await context.close();
    });
  });
}
