import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import english from '../../functions/pages/languages/en.ts';
import { browserWorld, expectAccessible, screenshot } from '../support/browser-world.ts';

const world = browserWorld();

/** The address of a page of the simulated PIM. */
const at = (path: string) => `${world().pim.url}${path}`;

const activation = () =>
  `${world().app.activateUrl}?pim_url=${encodeURIComponent(world().pim.url)}`;

/** The wizard of an App that asks for names and addresses, too. */
function wizardWithTwoSteps(): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: world().clientId,
    scope: 'read_products openid profile email',
  });
  return at(`/connect/apps/v1/authorize?${query.toString()}`);
}

/** On a phone and on a desktop, in the light and in the dark: nothing is cut off, and nothing is in anybody's way. */
async function expectReadable(page: Page, name: string): Promise<void> {
  for (const [width, height] of [
    [360, 740],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    const overflow = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(overflow, `${name} scrolls sideways at ${width}`).toBe(false);
    await expectAccessible(page);
    await screenshot(page, `${name}-${width}`);
  }
}

/** The first time, or once more. */
const IS_CONNECTED = /connected$/i;

async function connect(page: Page): Promise<void> {
  await page.goto(activation());
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('heading', { name: IS_CONNECTED }).waitFor();
}

describe('the simulated PIM', () => {
  it('has the menu, the App Store and the wizard of a PIM, and says on each page that it is none', async () => {
    const { context, page } = await world().openPim();
    await page.getByRole('heading', { name: 'My App' }).waitFor();
    await expectReadable(page, 'pim-app-store');
    for (const path of ['/#/connect/connected-apps', '/#/simulator/faults', '/user/login', '/x']) {
      await page.goto(at(path));
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.textContent('header')).toContain('Simulated PIM');
      await expectReadable(page, `pim${path.replaceAll(/\W+/g, '-')}`);
    }
    await context.close();
  });

  it('leads through the steps of the wizard, and back', async () => {
    const { context, page } = await world().openPim();
    await page.goto(wizardWithTwoSteps());
    await page.getByText('would like to know about you').waitFor();
    await expectReadable(page, 'pim-wizard-authentication');
    await page.getByRole('button', { name: 'Allow and next' }).click();
    const current = page.locator('[aria-current="step"]');
    expect(await current.textContent()).toBe('Authorizations');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('permission');
    expect(await page.getByRole('button', { name: 'Confirm' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Previous' }).click();
    expect(await current.textContent()).toBe('Authentication');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'App Store' }).waitFor();
    await context.close();
  });

  it('is used by the keyboard alone', async () => {
    const { context, page } = await world().openPim();
    const button = page.getByRole('button', { name: 'Connect', exact: true });
    await button.waitFor();
    const isThere = () =>
      button.evaluate((element) => element === element.ownerDocument.activeElement);
    for (let tabs = 0; tabs < 10 && !(await isThere()); tabs += 1) await page.keyboard.press('Tab');
    const opened = context.waitForEvent('page');
    await page.keyboard.press('Enter');
    const wizard = await opened;
    await wizard.getByRole('checkbox').focus();
    await wizard.keyboard.press('Space');
    expect(await wizard.getByRole('button', { name: 'Confirm' }).isEnabled()).toBe(true);
    await context.close();
  });

  it('lets nobody get lost: its login and its missing pages lead back', async () => {
    const { context, page } = await world().openPim();
    for (const path of ['/user/login', '/x', '/connect/apps/v1/connected_app/unknown']) {
      await page.goto(at(path));
      await page.getByRole('link', { name: 'Back to the' }).click();
      await page.getByRole('heading', { name: 'App Store' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
    }
    await context.close();
  });
});

describe('a person', () => {
  it('orders a fault, sees what the App says then, and connects', async () => {
    const { context, page } = await world().openPim();
    await page.goto(at('/#/simulator/faults'));
    await page.getByRole('button', { name: 'Order: The PIM answers 500' }).click();
    await page.getByText('Ordered: The PIM answers 500').waitFor();
    await page.goto(activation());
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForURL(`${world().app.url}/**`);
    const { title } = english.outcome.pim_unexpected_answer;
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);

    await page.goto(at('/#/simulator/faults'));
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByText('Nothing is ordered.').waitFor();
    await page.goto(activation());
    await page.getByRole('heading', { name: IS_CONNECTED }).waitFor();
    world().pim.disconnect(world().clientId);
    await context.close();
  });

  it('reads and copies a new client secret', async () => {
    const { context, page } = await world().openPim();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await connect(page);
    await page.goto(at('/#/connect/connected-apps'));
    await page.getByRole('button', { name: 'Regenerate secret' }).click();
    const field = page.getByLabel('New client secret of My App');
    expect(await field.inputValue()).toMatch(/^\w{86}$/);
    const font = await page.evaluate(
      'getComputedStyle(document.querySelector(".secret")).fontFamily',
    );
    expect(font).toContain('mono');
    await expectReadable(page, 'pim-secret');
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await field.inputValue());
    world().pim.disconnect(world().clientId);
    await context.close();
  });
});
