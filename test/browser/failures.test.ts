import { describe, expect, it } from 'vitest';
import { OUTCOMES, type RefusalCode } from '../../functions/activation/outcomes.ts';
import english from '../../functions/pages/languages/en.ts';
import { browserWorld, expectAccessible, screenshot } from '../support/browser-world.ts';

const world = browserWorld();

/** The way back to the App from a PIM, as a browser that did not start there gets to see it. */
async function othersCallback(): Promise<string> {
  const pim = encodeURIComponent(world().pim.url);
  const answer = await fetch(`${world().app.activateUrl}?pim_url=${pim}`, { redirect: 'manual' });
  const { searchParams } = new URL(answer.headers.get('location') ?? '');
  return `${world().app.callbackUrl}?code=abc&state=${searchParams.get('state')}`;
}

describe('a failure page', () => {
  it.each<[RefusalCode, () => string | Promise<string>]>([
    ['pim_url_missing', () => world().app.activateUrl],
    ['pim_url_malformed', () => `${world().app.activateUrl}?pim_url=my-pim`],
    ['pim_not_listed', () => `${world().app.activateUrl}?pim_url=https%3A%2F%2Funknown.example`],
    ['state_malformed', () => `${world().app.callbackUrl}?code=abc`],
    ['browser_cookie_missing', othersCallback],
  ])('%s says what happened and what to do, on a phone, without barriers', async (code, url) => {
    const { context, page } = await world().openPim({ viewport: { width: 360, height: 640 } });
    const answer = await page.goto(await url());
    const { status } = OUTCOMES[code];
    const { title, next } = english.outcome[code];

    expect(answer?.status()).toBe(status);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
    expect(await page.textContent('main')).toContain(next);
    const overflow = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(overflow, 'scrolls sideways').toBe(false);
    await expectAccessible(page);
    await screenshot(page, code);
    await context.close();
  });

  it('tells that the PIM cannot be reached, and opening again connects', async () => {
    const { context, page } = await world().openPim();
    world().pim.orderFault({ at: 'token', kind: 'reset', times: 99 });
    await page.goto(`${world().app.activateUrl}?pim_url=${encodeURIComponent(world().pim.url)}`);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: english.outcome.pim_unreachable.title }).waitFor();
    expect(await page.textContent('main')).toContain(english.outcome.pim_unreachable.next);
    await expectAccessible(page);
    await screenshot(page, 'pim-unreachable');

    world().pim.clearFaults();
    await page.goto(`${world().app.activateUrl}?pim_url=${encodeURIComponent(world().pim.url)}`);
    await page.getByRole('heading', { name: 'Connected', exact: true }).waitFor();
    await context.close();
  });
});
